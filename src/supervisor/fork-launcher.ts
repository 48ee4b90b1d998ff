/**
 * Fork launcher: runs each process of a cluster as a forked child, with a pipe that carries its frames.
 *
 * Frames have an extra stdio pipe, so that `process.send` stays free for the bot. Here the supervisor touches the
 * operating system; what follows from what happens to a child is decided elsewhere.
 */
import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { linkLimits } from '../limits.js';
import { StreamLink } from '../link/stream-link.js';
import { BOOT_VARIABLE } from '../wire/boot.js';
import type { Boot } from '../wire/boot.js';
import { PROTOCOL } from '../wire/protocol.js';
import { colourVariables, forwardLines, stdioFor } from './child-output.js';
import type { ProcessExit } from './cluster-death.js';
import type { ClusterProcess, Launcher, LaunchFacts } from './launcher.js';
import type { ForkSettings } from './settings.js';

const LINK_FD = 4;
/** Node's `exit` may come before the pipe's last bytes; answers in there still count. */
const PIPE_GRACE_MS = 100;

export class ForkLauncher implements Launcher {
  readonly #settings: ForkSettings;

  constructor(settings: ForkSettings) {
    this.#settings = settings;
  }

  launch(facts: LaunchFacts): ClusterProcess {
    return new ForkedProcess(this.#settings, facts);
  }
}

class ForkedProcess implements ClusterProcess {
  readonly link: StreamLink;
  readonly generation: number;
  readonly #child: ChildProcess;
  readonly #gone: Promise<ProcessExit>;

  constructor(settings: ForkSettings, facts: LaunchFacts) {
    this.generation = facts.generation;
    const { output } = settings;
    const env = { ...process.env, ...settings.env };
    const stdio = stdioFor(output);
    // Not imported: clusters have this module, too, and those started by hand have no use for 300 kB of it.
    const { fork } = process.getBuiltinModule('node:child_process');
    this.#child = fork(settings.file, [...settings.args], {
      execArgv: [...settings.execArgv],
      env: { ...colourVariables(output, env), ...env, [BOOT_VARIABLE]: bootText(settings, facts) },
      stdio: ['inherit', stdio, stdio, 'ipc', process.platform === 'win32' ? 'overlapped' : 'pipe'],
    });
    // Where no descriptor is left there are no pipes, and an `error` follows, which must not end the manager.
    this.#child.on('error', () => {});
    const pipe = (this.#child.stdio as ChildProcess['stdio'] | undefined)?.[LINK_FD] as Duplex | undefined;
    if (pipe === undefined) throw new Error('the system has no descriptors left for its pipes');
    this.link = new StreamLink(pipe, linkLimits(settings.limits));
    this.#gone = whenGone(this.#child, pipe, forwardOutput(this.#child, facts.id));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  gone(): Promise<ProcessExit> {
    return this.#gone;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}

function bootText({ untypedCodec, limits }: ForkSettings, facts: LaunchFacts): string {
  const { major, minor } = PROTOCOL;
  const protocol = { major, minor };
  return JSON.stringify({ ...facts, protocol, fd: LINK_FD, untypedCodec, limits } satisfies Boot);
}

/** Returns a function to be called when the process has exited; it resolves when the last lines are written. */
function forwardOutput({ stdout, stderr }: ChildProcess, id: number): () => Promise<unknown> {
  const prefix = `[cluster ${id}] `;
  const ends = [
    ...(stdout === null ? [] : [forwardLines(stdout as Socket, process.stdout, prefix)]),
    ...(stderr === null ? [] : [forwardLines(stderr as Socket, process.stderr, prefix)]),
  ];
  return () => Promise.all(ends.map((end) => end()));
}

async function whenGone(
  child: ChildProcess,
  pipe: Duplex,
  lastLines: () => Promise<unknown>,
): Promise<ProcessExit> {
  const piped = new Promise<void>((resolve) => pipe.once('close', resolve));
  const exit = await new Promise<ProcessExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    // A process that could not be started never exits; an error of a kill that failed is no exit.
    child.on('error', () => {
      if (child.pid === undefined) resolve({ code: null, signal: null });
    });
  });
  await Promise.all([Promise.race([piped, wait(PIPE_GRACE_MS)]), lastLines()]);
  return exit;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

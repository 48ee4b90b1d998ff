/**
 * Cluster process: one forked child and the pipe that carries its frames.
 *
 * The extra stdio pipe is ours, `process.send` stays free for the bot's own use. This is where the manager
 * touches the operating system; what to do about what happens is decided elsewhere.
 */
import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { linkLimits } from '../limits.js';
import { StreamLink } from '../link/stream-link.js';
import { BOOT_VARIABLE } from '../wire/boot.js';
import type { Boot } from '../wire/boot.js';
import { colourVariables, passOn, stdioFor } from './child-output.js';
import type { ProcessExit } from './cluster-death.js';
import type { SupervisorSettings } from './settings.js';

/** What is a process' own; the rest of its boot facts is the same for all. */
export type ProcessFacts = Omit<Boot, 'fd' | 'untypedCodec' | 'limits'>;

const LINK_FD = 4;
/** Node's `exit` may come before the pipe's last bytes; answers in there still count. */
const PIPE_GRACE_MS = 100;

export class ClusterProcess {
  readonly link: StreamLink;
  readonly generation: number;
  readonly #child: ChildProcess;
  readonly #gone: Promise<ProcessExit>;

  constructor(settings: SupervisorSettings, boot: ProcessFacts) {
    this.generation = boot.generation;
    const { output } = settings;
    const env = { ...process.env, ...settings.env };
    const stdio = stdioFor(output);
    // Not imported: clusters have this module, too, and those started by hand have no use for 300 kB of it.
    const { fork } = process.getBuiltinModule('node:child_process');
    this.#child = fork(settings.file, [...settings.args], {
      execArgv: [...settings.execArgv],
      env: { ...colourVariables(output, env), ...env, [BOOT_VARIABLE]: bootText(settings, boot) },
      stdio: ['inherit', stdio, stdio, 'ipc', process.platform === 'win32' ? 'overlapped' : 'pipe'],
    });
    // Where no descriptor is left there are no pipes, and an `error` later that must not end the manager.
    this.#child.on('error', () => {});
    const pipe = (this.#child.stdio as ChildProcess['stdio'] | undefined)?.[LINK_FD] as Duplex | undefined;
    if (pipe === undefined) throw new Error('the system has no descriptors left for its pipes');
    this.link = new StreamLink(pipe, linkLimits(settings.limits));
    this.#gone = whenGone(this.#child, pipe, passOnOutput(this.#child, boot.id));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Resolves when the process has exited, every frame it sent was delivered, and its last lines were passed on. */
  gone(): Promise<ProcessExit> {
    return this.#gone;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}

function bootText({ untypedCodec: codec, limits }: SupervisorSettings, facts: ProcessFacts): string {
  return JSON.stringify({ ...facts, fd: LINK_FD, untypedCodec: codec, limits } satisfies Boot);
}

/** @returns Resolves when the last lines are written; to be called when the process has exited. */
function passOnOutput({ stdout, stderr }: ChildProcess, id: number): () => Promise<unknown> {
  const prefix = `[cluster ${id}] `;
  const ends = [
    ...(stdout === null ? [] : [passOn(stdout as Socket, process.stdout, prefix)]),
    ...(stderr === null ? [] : [passOn(stderr as Socket, process.stderr, prefix)]),
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
    // A process that could not be started never exits; a kill that failed is no end.
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

/**
 * Profile: what the processor did during one load, a file per process, with `--profile <folder>`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';

const folder = process.env.BENCH_PROFILE;
let session;

export async function startProfile() {
  if (folder === undefined) return;
  session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
}

/** Writes `<contender>-<load>-<who>.cpuprofile`. */
export async function endProfile(who, load) {
  if (session === undefined) return;
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  session = undefined;
  mkdirSync(folder, { recursive: true });
  const file = `${process.env.BENCH_CONTENDER}-${load.name}-${who}.cpuprofile`;
  writeFileSync(join(folder, file), JSON.stringify(profile));
}

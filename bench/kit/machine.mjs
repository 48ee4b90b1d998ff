/**
 * Machine: where and when figures were taken.
 */
import { arch, availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

/** `load`: how many processes wanted a processor in the last minute. */
export function machine() {
  return {
    date: new Date().toISOString().slice(0, 10),
    node: process.version,
    system: `${type()} ${release()} ${arch()}`,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 1e9),
    load: Number((loadavg()[0] ?? 0).toFixed(1)),
  };
}

/**
 * Process memory: how much of it this process has, as every place shows it.
 */

/** In bytes: all that the system counts for the process, and what V8's heap holds. */
export interface ProcessMemory {
  readonly rss: number;
  readonly heapUsed: number;
}

export function memoryOfProcess(): ProcessMemory {
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heapUsed };
}

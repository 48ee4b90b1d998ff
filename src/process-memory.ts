/**
 * Process memory: the two figures that stats, heartbeats and tables show.
 */

/** The memory of one process, in bytes. */
export interface ProcessMemory {
  /** Resident set size: all memory that the operating system counts for the process. */
  readonly rss: number;
  /** The used part of V8's heap. */
  readonly heapUsed: number;
}

export function memoryOfProcess(): ProcessMemory {
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heapUsed };
}

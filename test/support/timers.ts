/** The number of timers that keep this process running. */
export function runningTimers(): number {
  return process.getActiveResourcesInfo().filter((what) => what === 'Timeout').length;
}

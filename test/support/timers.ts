/** How many timers keep this process. */
export function runningTimers(): number {
  return process.getActiveResourcesInfo().filter((what) => what === 'Timeout').length;
}

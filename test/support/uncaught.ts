/** Collects uncaught errors, which then end neither the process nor its tests, until `stop` is called. */
export function keepUncaught(): { readonly thrown: readonly unknown[]; stop(): void } {
  const thrown: unknown[] = [];
  const before = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', (error) => thrown.push(error));
  return {
    thrown,
    stop() {
      process.removeAllListeners('uncaughtException');
      for (const listener of before) process.on('uncaughtException', listener);
    },
  };
}

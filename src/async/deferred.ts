/**
 * Deferred: a promise that somebody else settles. (`Promise.withResolvers` is not in Node 20.)
 */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

// One executor for all promises, and no closure for each: every call makes one. A promise runs it at once.
let lastResolve: (value: unknown) => void;
let lastReject: (error: unknown) => void;
function capture(resolve: (value: unknown) => void, reject: (error: unknown) => void): void {
  lastResolve = resolve;
  lastReject = reject;
}

export function deferred<T = void>(): Deferred<T> {
  const promise = new Promise<unknown>(capture) as Promise<T>;
  return { promise, resolve: lastResolve, reject: lastReject };
}

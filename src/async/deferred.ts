/**
 * Deferred: a promise together with its `resolve` and `reject`. (Node 20 has no `Promise.withResolvers`.)
 */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

// One executor for all promises instead of a closure for each, since every call makes one. A promise runs it at once.
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

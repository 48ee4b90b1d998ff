/**
 * Settlements: how a call ended, decided by a tag and never by truth value, since anything can be thrown.
 */
export type Settlement =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown };

export function failed(error: unknown): Settlement {
  return { ok: false, error };
}

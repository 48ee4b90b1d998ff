/**
 * Payload errors: the reason why a value cannot be sent, or why a value that arrived cannot be used.
 *
 * Codecs throw them, since they know the value but not the call; the code that knows the call turns them into an
 * `IPCError`.
 */
export class PayloadError extends Error {
  readonly code: 'UNSERIALIZABLE' | 'INVALID_PAYLOAD';

  constructor(code: 'UNSERIALIZABLE' | 'INVALID_PAYLOAD', message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/**
 * Payload problems: why a value cannot be sent, or what came cannot be used.
 *
 * Thrown by codecs, which know the value but not the call; whoever knows the call makes an `IPCError` of it.
 */
export class PayloadProblem extends Error {
  readonly code: 'UNSERIALIZABLE' | 'INVALID_PAYLOAD';

  constructor(code: 'UNSERIALIZABLE' | 'INVALID_PAYLOAD', message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

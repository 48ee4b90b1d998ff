/**
 * The one error of the local Discord towards the test that drives it.
 *
 * What the bot under test gets wrong never ends up here: it gets the close codes and JSON errors that Discord
 * would give it. This is for the other side, the test: a bad option, an unknown guild, a wait that ended badly.
 */

/** Why a call on the local Discord failed. Stable; the text of the message may change. */
export type LocalDiscordErrorCode =
  | 'INVALID_OPTION'
  | 'UNKNOWN_GUILD'
  | 'UNKNOWN_CHANNEL'
  | 'NO_SESSION'
  | 'TIMEOUT'
  | 'UNEXPECTED_RESPONSE'
  | 'CLOSED';

/** A call on the local Discord that could not be done, or a wait that ended without what it waited for. */
export class LocalDiscordError extends Error {
  /** Stable code of the error. */
  readonly code: LocalDiscordErrorCode;

  constructor(code: LocalDiscordErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

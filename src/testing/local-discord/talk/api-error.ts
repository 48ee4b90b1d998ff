/**
 * Errors that go to the bot, in Discord's words.
 *
 * @see https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
 */

export interface ApiErrorBody {
  readonly message: string;
  readonly code: number;
  readonly errors?: unknown;
}

/** Thrown by route handlers; becomes the answer to the request. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: ApiErrorBody;

  constructor(status: number, body: ApiErrorBody) {
    super(body.message);
    this.status = status;
    this.body = body;
  }
}

const UNKNOWN = {
  application: { code: 10_002, message: 'Unknown Application' },
  channel: { code: 10_003, message: 'Unknown Channel' },
  guild: { code: 10_004, message: 'Unknown Guild' },
  member: { code: 10_007, message: 'Unknown Member' },
  message: { code: 10_008, message: 'Unknown Message' },
  user: { code: 10_013, message: 'Unknown User' },
  webhook: { code: 10_015, message: 'Unknown Webhook' },
  interaction: { code: 10_062, message: 'Unknown interaction' },
  command: { code: 10_063, message: 'Unknown application command' },
} as const;

export function unknown(what: keyof typeof UNKNOWN): ApiError {
  return new ApiError(404, UNKNOWN[what]);
}

/** The error for one wrong field. `code` is Discord's name for what is wrong. */
export function invalidField(field: string, code: string, message: string): ApiError {
  const errors = { [field]: { _errors: [{ code, message }] } };
  return new ApiError(400, { message: 'Invalid Form Body', code: 50_035, errors });
}

export const notFound = (): ApiError => new ApiError(404, { message: '404: Not Found', code: 0 });
export const wrongMethod = (): ApiError => new ApiError(405, { message: '405: Method Not Allowed', code: 0 });
export const unauthorized = (): ApiError => new ApiError(401, { message: '401: Unauthorized', code: 0 });
export const emptyMessage = (): ApiError =>
  new ApiError(400, { message: 'Cannot send an empty message', code: 50_006 });
export const notYours = (): ApiError =>
  new ApiError(403, { message: 'Cannot edit a message authored by another user', code: 50_005 });
export const alreadyAcknowledged = (): ApiError =>
  new ApiError(400, { message: 'Interaction has already been acknowledged.', code: 40_060 });
export const notJson = (): ApiError =>
  new ApiError(400, { message: 'The request body contains invalid JSON.', code: 50_109 });
export const tooLarge = (): ApiError =>
  new ApiError(413, { message: 'Request entity too large', code: 40_005 });
export const internalError = (): ApiError =>
  new ApiError(500, { message: '500: Internal Server Error', code: 0 });

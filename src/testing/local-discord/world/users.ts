/**
 * People and the bot: user payloads.
 */
import { requireSnowflake, requireText } from '../option-check.js';
import type { WireUser } from './wire.js';

const DEFAULT_BOT_ID = '1347000000000000000';
const DEFAULT_PERSON_ID = '1347000000000000001';

/** Somebody who writes messages and runs commands, or the bot itself. */
export interface UserSpec {
  /** Defaults to a fixed id, one for the bot and one for people. */
  readonly id?: string | undefined;
  /** Defaults to `local-bot` for the bot and `somebody` for people. */
  readonly username?: string | undefined;
  /** Whether it is a bot; the bot under test always is. Defaults to `false`. */
  readonly bot?: boolean | undefined;
}

export function makeBot(spec: UserSpec = {}, option = 'user'): WireUser {
  return makeUser(
    { id: spec.id ?? DEFAULT_BOT_ID, username: spec.username ?? 'local-bot', bot: true },
    option,
  );
}

export function makePerson(spec: UserSpec = {}, option = 'user'): WireUser {
  return makeUser(
    { id: spec.id ?? DEFAULT_PERSON_ID, username: spec.username ?? 'somebody', bot: spec.bot ?? false },
    option,
  );
}

function makeUser(user: Required<UserSpec>, option: string): WireUser {
  return {
    id: requireSnowflake(`${option}.id`, user.id),
    username: requireText(`${option}.username`, user.username),
    discriminator: '0',
    global_name: null,
    avatar: null,
    bot: user.bot === true,
  };
}

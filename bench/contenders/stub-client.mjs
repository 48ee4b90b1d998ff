/**
 * Stub client: stands where a bot's client stands, without a token and a network. It has what the bot would know.
 */
import { EventEmitter } from 'node:events';
import { served } from '../kit/payloads.mjs';

export class StubClient extends EventEmitter {
  getGuild = served.getGuild;
  listMembers = served.listMembers;
  changed = served.changed;

  constructor(options = {}) {
    super();
    this.options = options;
  }

  /** As discord.js' client has it: broadcastEval of the peers runs what came in here. */
  _eval(script) {
    // oxlint-disable-next-line eslint/no-eval -- what the peers do
    return eval(script);
  }
}

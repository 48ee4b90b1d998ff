import { describe, expect, it } from 'vitest';
import { emitPage } from '../../../codegen/emit/emit-page.js';
import { readSample } from './read-contract.js';

/** Twenty handlers as bots have them, in four kinds; `extra` goes into every object. */
function twentyHandlers(extra: string): string {
  const handlers = Array.from({ length: 5 }, (_, i) => {
    return `
      /** Number of members in all guilds of one cluster. */
      getCount${i}(): UInt;
      /** A guild, from the cluster that has its shard; null if the bot is not in it. */
      getGuild${i}(data: { guildId: Snowflake }): { name: string; members: UInt; channels: UInt; ${extra} } | null;
      /** The largest guild of one cluster. */
      getTop${i}(): { name: string; members: UInt; ${extra} } | null;
      /** Whether somebody may do something. */
      mayAct${i}(data: { guildId: Snowflake; userId: Snowflake; reason?: string; ${extra} }): boolean;`;
  });
  return `export interface Guilds extends Handlers {${handlers.join('')}\n}`;
}

function pageOf(extra: string): string {
  return emitPage(readSample(twentyHandlers(extra)), '../contracts/sample.js');
}

describe('a page for 20 handlers', () => {
  it('stays under 25 kB where JSON carries everything, with what travels by position', () => {
    expect(pageOf('').length).toBeLessThan(25_000);
  });

  it('stays under 40 kB where everything has to be turned back by the receiver', () => {
    expect(pageOf('at: Date; bits: bigint; seen: Set<Snowflake>').length).toBeLessThan(40_000);
  });
});

/**
 * The string API knows the names that contracts declare: those of this repository, whose pages are in the program.
 */
import { expectTypeOf } from 'vitest';
import type { ClusterClient, ResultCollection } from 'shardwire';
import type { Snowflake } from 'shardwire/contract';
import type { GuildData } from '../../contracts/guilds.js';
import type { Contracts } from '../../generated/index.js';

declare const cluster: ClusterClient;
declare const someName: string;
const { ipc, events } = cluster;

// The pages are what teaches the string API the names.
expectTypeOf<Contracts>().toHaveProperty('guilds');
const guildId = '123456789012345678';

// A known name has its contract's types.
expectTypeOf(ipc.request('guilds.getUserCount')).resolves.toBeNumber();
expectTypeOf(ipc.request('guilds.getGuildData', { guildId })).resolves.toEqualTypeOf<GuildData | null>();
expectTypeOf(ipc.request('guilds.getGuildData', { guildId }, { timeout: 5 })).resolves.not.toBeAny();
expectTypeOf(ipc.requestTo(0, 'primary.getPrimaryData', { key: 'x' })).resolves.toEqualTypeOf<
  string | null
>();
expectTypeOf(
  ipc.requestToGuild(guildId, 'guilds.getGuildData', { guildId }, 500),
).resolves.toEqualTypeOf<GuildData | null>();
expectTypeOf(ipc.requestAll('guilds.getUserCount')).resolves.toExtend<ResultCollection<number>>();

// @ts-expect-error -- the data is missing
void ipc.request('guilds.getGuildData');
// @ts-expect-error -- the data is wrong
void ipc.request('guilds.getGuildData', { guild: guildId });
// @ts-expect-error -- the data is wrong
void ipc.requestTo(0, 'guilds.getGuildData', { guildId: 5 });
// @ts-expect-error -- the data is wrong
void ipc.requestToGuild(guildId, 'guilds.getGuildData', null);
// @ts-expect-error -- it takes no data
void ipc.requestAll('guilds.getUserCount', { all: true });

// A type argument cannot go round the contract's types.
// @ts-expect-error -- the contract says number
export const text: string = await ipc.request<string>('guilds.getUserCount');
// @ts-expect-error -- the contract says number
export const texts: string[] = (await ipc.requestAll<string>('guilds.getUserCount')).values();

// A name that no contract has works as before.
expectTypeOf(ipc.request('uptime')).resolves.toBeUnknown();
expectTypeOf(ipc.request<number>('uptime')).resolves.toBeNumber();
expectTypeOf(ipc.request<number>(someName, { any: 'thing' }, 5)).resolves.toBeNumber();
expectTypeOf(ipc.requestTo<string>(0, 'uptime', [1])).resolves.toBeString();
expectTypeOf(ipc.requestToGuild<string>(guildId, someName)).resolves.toBeString();
expectTypeOf(ipc.requestAll<number>('uptime')).resolves.toEqualTypeOf<ResultCollection<number>>();

// Handlers: the types of a known name, the author's own for any other.
ipc.handle('guilds.getGuildData', (data, { signal }) => {
  expectTypeOf(data).toEqualTypeOf<{ guildId: Snowflake }>();
  expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
  return null;
});
ipc.handle('guilds.getUserCount', async () => 5);
// @ts-expect-error -- the contract wants a number
ipc.handle('guilds.getUserCount', () => 'five');
ipc.handle('uptime', (data: { unit: string }) => data.unit.length);
ipc.handle('slow', () => new Promise((resolve) => setTimeout(() => resolve('done'), 5)));
ipc.handle(someName, (data: number, { sourceCluster }) => data + sourceCluster);

// Events.
void events.broadcast('config.configUpdated', { key: 'prefix', value: '!' });
void events.broadcast('config.configReload');
void events.emitTo(0, 'primary.logAction', { action: 'ban', userId: guildId });
expectTypeOf(events.broadcastAndWait('ops.maintenance', { enabled: true }, 5000, 2)).resolves.toBeNumber();
void events.broadcastAndCollect('ops.maintenance', { enabled: true });
// @ts-expect-error -- the data is missing
void events.broadcast('config.configUpdated');
// @ts-expect-error -- the data is wrong
void events.emitTo(0, 'primary.logAction', { action: 'ban' });
// @ts-expect-error -- the data is wrong
void events.broadcastAndWait('ops.maintenance', { enabled: 'yes' });
void events.broadcast('note', { anything: true });
void events.broadcast(someName);

events.on('ops.maintenance', (data, sourceCluster) => {
  expectTypeOf(data).toEqualTypeOf<{ enabled: boolean }>();
  expectTypeOf(sourceCluster).toBeNumber();
});
// @ts-expect-error -- the event carries something else
events.on('ops.maintenance', (data: { disabled: boolean }) => data);
events.on('note', (data: { text: string }, sourceCluster) => [data.text, sourceCluster]);
events.once(someName, (data, sourceCluster) => [data, sourceCluster]);
events.on('listenerError', (error, event, sourceCluster) => [error, event, sourceCluster]);

/**
 * `shardwire/testing`: tools to test a bot without a token.
 *
 * `startLocalDiscord` starts a Discord to log in to; `createTestClusters` runs a bot's clusters in one process.
 */
export type {
  InjectFaultOptions,
  InjectedFault,
  TestClustersOptions,
  TestManager,
} from './clusters/test-clusters.js';
export { createTestClusters, TestClusters } from './clusters/test-clusters.js';
export { startLocalDiscord } from './local-discord/start-local-discord.js';
export type {
  FailIdentifyOptions,
  LocalDiscord,
  SendMessageOptions,
  WaitForSessionOptions,
} from './local-discord/local-discord.js';
export type { LocalDiscordOptions, SessionStartLimitOptions } from './local-discord/options.js';
export { LocalDiscordError, type LocalDiscordErrorCode } from './local-discord/local-discord-error.js';
export type {
  IdentifyRefusal,
  LocalDiscordEvents,
  RestRequest,
  SessionEnd,
  SessionInfo,
  SessionResume,
} from './local-discord/events.js';
export type { SessionTarget } from './local-discord/gateway/target.js';
export type { RestFailure } from './local-discord/rest/faults.js';
export type { CommandReply } from './local-discord/talk/command-reply.js';
export type { RunCommandOptions } from './local-discord/talk/run-command.js';
export type { ChannelSpec, GuildSpec } from './local-discord/world/guild-spec.js';
export type { CommandOptionValue } from './local-discord/world/interaction-payload.js';
export { makeGuilds, type MakeGuildsOptions } from './local-discord/world/make-guilds.js';
export type { UserSpec } from './local-discord/world/users.js';
export { mock, type MockedHandlers, type MockOptions } from './mocks/mock.js';

/**
 * Puts a local Discord together: the one place that knows all its parts.
 */
import type { LocalDiscordEmitter } from './events.js';
import { Gateway } from './gateway/gateway.js';
import { GatewayDoor } from './gateway/gateway-door.js';
import { Handshake } from './gateway/handshake.js';
import { IdentifyFaults } from './gateway/identify-faults.js';
import { IdentifyLimiter } from './gateway/identify-limiter.js';
import { SessionStartLimit } from './gateway/session-start-limit.js';
import { SessionTable } from './gateway/session-table.js';
import type { HttpHost } from './http-host.js';
import type { ResolvedOptions } from './options.js';
import { channelRoutes } from './rest/channel-routes.js';
import { commandRoutes } from './rest/command-routes.js';
import { RestFaults } from './rest/faults.js';
import { gatewayRoutes } from './rest/gateway-routes.js';
import { guildRoutes } from './rest/guild-routes.js';
import { identityRoutes } from './rest/identity-routes.js';
import { interactionRoutes } from './rest/interaction-routes.js';
import { RequestLog } from './rest/request-log.js';
import { RestServer } from './rest/rest-server.js';
import { type Route, Router } from './rest/router.js';
import { Conversation } from './talk/conversation.js';
import { Interactions } from './talk/interactions.js';
import { Waits } from './waits.js';
import { CommandStore } from './world/command-store.js';
import { MessageStore } from './world/message-store.js';
import { SnowflakeSource } from './snowflake.js';
import { World } from './world/world.js';

const GUILDS_PER_RECOMMENDED_SHARD = 1_000;

export interface Foundation {
  readonly host: HttpHost;
  readonly options: ResolvedOptions;
  readonly emitter: LocalDiscordEmitter;
}

export type LocalDiscordParts = Foundation & ReturnType<typeof makeParts>;

export function assemble(foundation: Foundation): LocalDiscordParts {
  const parts = { ...foundation, ...makeParts(foundation) };
  const door = new GatewayDoor(parts.gateway);
  const rest = makeRest(parts);
  foundation.host.serve({
    request: (request, response) => void rest.serve(request, response),
    upgrade: (request, socket, head) => door.upgrade(request, socket, head),
  });
  return parts;
}

function makeParts({ host, options, emitter }: Foundation) {
  const world = new World(options.bot, options.guilds);
  const ids = new SnowflakeSource();
  const messages = new MessageStore();
  const startLimit = new SessionStartLimit(options.startLimit);
  const identifyFaults = new IdentifyFaults();
  const gatewayUrl = `ws://${host.authority}`;
  const gateway = makeGateway({ options, emitter, world, startLimit, identifyFaults, gatewayUrl });
  const publish = (guildId: string, t: string, d: unknown): void => gateway.publish(guildId, t, d);
  return {
    world,
    ids,
    startLimit,
    identifyFaults,
    gatewayUrl,
    gateway,
    waits: new Waits(),
    restFaults: new RestFaults(),
    requestLog: new RequestLog(),
    commands: new CommandStore(options.bot.id, ids),
    conversation: new Conversation({ world, messages, ids, publish }),
    interactions: new Interactions({ bot: options.bot, ids, messages }),
  };
}

interface GatewayDeps extends Omit<Foundation, 'host'> {
  readonly world: World;
  readonly startLimit: SessionStartLimit;
  readonly identifyFaults: IdentifyFaults;
  readonly gatewayUrl: string;
}

function makeGateway(deps: GatewayDeps): Gateway {
  const { options, emitter, world, startLimit, identifyFaults, gatewayUrl } = deps;
  const { token, disallowedIntents, heartbeatIntervalMs, maxConcurrency, identifyWindowMs } = options;
  const sessions = new SessionTable();
  const handshake = new Handshake({
    token,
    gatewayUrl,
    disallowedIntents,
    world,
    sessions,
    limiter: new IdentifyLimiter({ maxConcurrency, windowMs: identifyWindowMs }),
    startLimit,
    faults: identifyFaults,
    emitter,
  });
  return new Gateway({ heartbeatIntervalMs, world, sessions, handshake, emitter });
}

function makeRest(parts: LocalDiscordParts): RestServer {
  const { requestLog, emitter } = parts;
  return new RestServer({
    token: parts.options.token,
    router: new Router(allRoutes(parts)),
    faults: parts.restFaults,
    onAnswered: (request) => {
      requestLog.add(request);
      emitter.emit('request', request);
    },
  });
}

function allRoutes(parts: LocalDiscordParts): Route[] {
  const { options, world, startLimit, gatewayUrl } = parts;
  const { maxConcurrency } = options;
  const recommended = (): number =>
    options.recommendedShards ?? Math.max(1, Math.ceil(world.guildCount / GUILDS_PER_RECOMMENDED_SHARD));
  return [
    ...gatewayRoutes({ url: gatewayUrl, maxConcurrency, startLimit, shards: recommended }),
    ...identityRoutes(options.bot),
    ...commandRoutes(parts),
    ...guildRoutes(world),
    ...channelRoutes(parts),
    ...interactionRoutes(parts.interactions),
  ];
}

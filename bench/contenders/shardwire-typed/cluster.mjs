import { EventEmitter } from 'node:events';
import { ClusterClient } from 'shardwire';
import { bind } from '../../generated/index.js';
import { takePart } from '../../kit/participant.mjs';
import { served } from '../../kit/payloads.mjs';

const cluster = new ClusterClient(new EventEmitter());
const { guilds } = bind(cluster);
guilds.handle({ getGuild: served.getGuild, listMembers: served.listMembers });
guilds.changed.on(served.changed);

takePart(cluster.id, {
  ask: (data) => guilds.getGuild.requestTo(1, data),
  askLarge: (data) => guilds.listMembers.requestTo(1, data),
  askAll: (data) => guilds.getGuild.requestAll(data),
  tell: (data) => guilds.changed.emitTo(1, data),
  tellAll: (data) => guilds.changed.broadcast(data),
});

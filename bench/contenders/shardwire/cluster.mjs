import { EventEmitter } from 'node:events';
import { ClusterClient } from 'shardwire';
import { takePart } from '../../kit/participant.mjs';
import { served } from '../../kit/payloads.mjs';

const { id, ipc, events } = new ClusterClient(new EventEmitter());
ipc.handle('getGuild', served.getGuild);
ipc.handle('listMembers', served.listMembers);
events.on('changed', served.changed);

takePart(id, {
  ask: (data) => ipc.requestTo(1, 'getGuild', data),
  askLarge: (data) => ipc.requestTo(1, 'listMembers', data),
  askAll: (data) => ipc.requestAll('getGuild', data),
  tell: (data) => events.emitTo(1, 'changed', data),
  tellAll: (data) => events.broadcast('changed', data),
});

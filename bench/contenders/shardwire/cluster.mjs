import { EventEmitter } from 'node:events';
import { ClusterClient } from 'shardwire';
import { answer, request, runLoad } from '../../load.mjs';

const cluster = new ClusterClient(new EventEmitter());
cluster.ipc.handle('getGuild', () => answer);
cluster.ipc.handle('load', (options) =>
  runLoad(() => cluster.ipc.requestTo(1, 'getGuild', request), options),
);

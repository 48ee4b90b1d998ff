import cluster from 'node:cluster';
import { Fleet } from 'eris-fleet';
import { clusterCount, MANAGER, takePart } from '../../kit/participant.mjs';
import { BotWorker } from './cluster.mjs';
import { StubEris } from './stub-eris.mjs';

const fleet = new Fleet({
  BotWorker,
  customClient: StubEris,
  token: 'none',
  shards: clusterCount,
  clusters: clusterCount,
  clusterTimeout: 0,
  fetchTimeout: 60_000,
  // The stub has no guilds to count.
  statsInterval: 'disable',
});
if (cluster.isPrimary) {
  fleet.on('error', console.error);
  takePart(MANAGER);
}

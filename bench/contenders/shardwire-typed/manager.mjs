import { start } from '../shardwire/start.mjs';

await start(new URL('cluster.mjs', import.meta.url));

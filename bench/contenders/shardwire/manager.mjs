import { start } from './start.mjs';

await start(new URL('cluster.mjs', import.meta.url));

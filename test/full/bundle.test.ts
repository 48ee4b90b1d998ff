import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { ClusterManager } from '../../src/index.js';

const OUT = 'build/bundle';

it('works when a bot file is bundled into one file, library and generated pages included', async () => {
  mkdirSync(OUT, { recursive: true });
  const outfile = resolve(OUT, 'bot.mjs');
  const { metafile } = await build({
    stdin: {
      contents: `
        import { EventEmitter } from 'node:events';
        import { ClusterClient } from 'shardwire';
        import { bind } from './generated/index.js';
        const { guilds } = bind(new ClusterClient(new EventEmitter()));
        guilds.handle({ getUserCount: () => 5, getGuildData: () => null, getTopGuild: () => null });
      `,
      resolveDir: resolve('.'),
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['discord.js'],
    metafile: true,
  });
  const manager = new ClusterManager(outfile, { totalShards: 2, totalClusters: 2, execArgv: [] });
  try {
    await manager.spawn();

    const counts = await manager.ipc.requestAll('guilds.getUserCount');

    expect(counts.sum()).toBe(10);
    const bundled = Object.keys(metafile.inputs);
    expect(bundled.filter((input) => /ts-morph|typebox|codegen|testing/.test(input))).toEqual([]);
  } finally {
    await manager.shutdown();
  }
}, 60_000);

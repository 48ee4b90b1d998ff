/**
 * Another major version of the library: a process that cannot talk to its manager is refused, and says why.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClusterManager } from 'shardwire';
import { expect, it, onTestFinished } from 'vitest';
import { makeManager, pidsOf } from '../core/start-bot.js';

const SENTENCE =
  'The manager speaks protocol version 2.0, the cluster protocol version 1.0: the library in node_modules has changed ' +
  'since the bot was started; restart the whole bot, its manager included.';

function makeBot(): { readonly manager: ClusterManager; readonly change: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'shardwire-protocol-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'changed');
  return {
    manager: makeManager('protocol-bot.js', { env: { OTHER_MAJOR_AFTER: file } }),
    change: () => writeFileSync(file, ''),
  };
}

it.each(['sequential', 'overlap'] as const)(
  'rolls a %s rolling restart back: the old processes go on',
  async (handover) => {
    const { manager, change } = makeBot();
    await manager.spawn();
    const before = pidsOf(manager);

    change();
    const failure = await manager.rollingRestart({ handover, settle: 0 }).catch((error: unknown) => error);

    expect(failure).toMatchObject({ rolledBack: true, clusterIds: [0] });
    expect(String(failure)).toContain(SENTENCE);
    expect(pidsOf(manager)).toEqual(before);
    await expect(manager.ipc.requestTo(0, 'pid')).resolves.toBe(before[0]);
  },
);

it('fails a start at once, with the reason, and starts no process again', async () => {
  const { manager, change } = makeBot();
  const created: number[] = [];
  manager.on('clusterCreate', ({ id }) => void created.push(id));

  change();
  const failure = await manager.spawn().catch((error: unknown) => error);

  expect(failure).toMatchObject({
    errors: [
      { message: `Cluster 0 cannot join the bot. ${SENTENCE}` },
      { message: `Cluster 1 cannot join the bot. ${SENTENCE}` },
    ],
  });
  expect(new Set(created)).toEqual(new Set([0, 1]));
  expect(created).toHaveLength(2);
});

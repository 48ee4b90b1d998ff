import { describe, expect, it } from 'vitest';
import { createdLine, deathLine, readyLine } from '../../../src/cli/bots/lifecycle-lines.js';
import { shardsText } from '../../../src/cli/bots/shards-text.js';
import type { ClusterDeath } from '../../../src/index.js';
import { infoOf } from './cluster-infos.js';

const death: ClusterDeath = { reason: 'exit', code: 7, signal: null, detail: '', pid: 17, generation: 3 };

describe('a lifecycle line', () => {
  it('names the cluster, its process and the event', () => {
    expect(createdLine(infoOf(2))).toBe('cluster 2: process 1 (pid 4002) started, shards 4-5');
    expect(readyLine(infoOf(2, { uptime: 1234 }))).toBe(
      'cluster 2: process 1 (pid 4002) is ready after 1.2 s',
    );
  });

  it('names the process that died, the reason and the consequence', () => {
    expect(deathLine(infoOf(0, { state: 'backoff' }), death)).toBe(
      'cluster 0: process 3 (pid 17) died: exit code 7; it will be restarted',
    );
    expect(
      deathLine(infoOf(0, { state: 'failed' }), {
        ...death,
        reason: 'frozen',
        detail: 'it stood',
        code: null,
        signal: 'SIGKILL',
      }),
    ).toBe('cluster 0: process 3 (pid 17) died: frozen: it stood (SIGKILL)');
    expect(deathLine(infoOf(0, { state: 'down' }), { ...death, reason: 'stopped', code: 0 })).toBe(
      'cluster 0: process 3 (pid 17) was stopped (exit code 0)',
    );
  });
});

it.each([
  [[0], 'shard 0'],
  [[0, 1, 2], 'shards 0-2'],
  [[0, 1, 4, 7, 8], 'shards 0-1, 4, 7-8'],
])('prints shards as ranges: %j', (shards, text) => {
  expect(shardsText(shards, 'shard ')).toBe(text);
});

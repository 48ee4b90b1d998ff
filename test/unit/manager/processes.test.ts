import { beforeEach, describe, expect, it } from 'vitest';
import { linkLimits } from '../../../src/limits.js';
import { MemoryLink } from '../../../src/link/memory-link.js';
import { resolveManagerOptions } from '../../../src/manager/options.js';
import { Processes } from '../../../src/manager/processes.js';
import { Router } from '../../../src/router/router.js';
import type { SupervisedCluster } from '../../../src/supervisor/supervised-cluster.js';
import { Kind } from '../../../src/wire/frame.js';
import { RawPeer, settled } from '../../support/raw-peer.js';
import { becomeReady } from '../../support/router-fixture.js';

/** Any file that exists: nothing is forked here. */
const settings = resolveManagerOptions(new URL(import.meta.url), { totalShards: 2, totalClusters: 2 });

let processes: Processes;
let logged: string[];

beforeEach(() => {
  logged = [];
  processes = new Processes(settings, new Router(settings.limits), {
    onStarted: () => {},
    onReady: () => {},
    onDied: () => {},
    onFailed: () => {},
    log: ({ id }, event, reason) => logged.push(`${id} ${event} ${reason}`),
  });
  processes.plan(2, 2);
});

/** Attaches a process to a cluster, as its supervisor does after a fork. */
async function startReady(id: number): Promise<{ cluster: SupervisedCluster; peer: RawPeer }> {
  const cluster = processes.clusters[id] as SupervisedCluster;
  const [inner, outer] = MemoryLink.pair(linkLimits(settings.limits));
  const gone = () => new Promise<never>(() => {});
  processes.onClusterStarted(cluster, {
    link: outer,
    generation: 1,
    pid: undefined,
    kill: () => {},
    gone,
  });
  const peer = new RawPeer(inner);
  becomeReady(peer);
  await settled();
  return { cluster, peer };
}

describe('a process with a singleton job', () => {
  const report = (status: string) => ({
    kind: Kind.job,
    body: JSON.stringify({ name: 'stats', registrationId: 1, status }),
  });

  it('is not idle until the job has ended', async () => {
    const { cluster, peer } = await startReady(0);
    const before = processes.isIdle(cluster);

    peer.send(report('registered'));
    await settled();
    const meanwhile = [processes.isIdle(cluster), processes.jobs];
    peer.send(report('withdrawn'));
    await settled();

    expect(before).toBe(true);
    expect(meanwhile).toEqual([false, { stats: 0 }]);
    expect([processes.isIdle(cluster), processes.jobs]).toEqual([true, {}]);
    expect(logged.slice(-2)).toEqual(['0 job-started stats', '0 job-stopped stats']);
  });

  it('keeps the job when the bot shuts down, and no other process gets it', async () => {
    const { peer } = await startReady(0);
    const other = await startReady(1);
    for (const each of [peer, other.peer]) each.send(report('registered'));
    await settled();

    processes.kill();
    peer.send(report('withdrawn'));
    await settled();

    expect(processes.jobs).toEqual({});
    expect(other.peer.got(Kind.jobOrder)).toEqual([]);
  });
});

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { ClusterManager } from 'shardwire';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isAlive, until, untilDead } from '../../support/processes.js';
import { BOTS, callFrom, makeManager, pidsOf, startBot } from './start-bot.js';

const run = promisify(execFile);

describe('a bot that starts and stops', () => {
  it('has one process per cluster while it runs, and none when it was shut down', async () => {
    const manager = await startBot(3, { totalShards: 7 });
    const pids = pidsOf(manager);
    const alive = pids.map(isAlive);
    const states = manager.clusters.map(({ state }) => state);

    await manager.shutdown();

    expect(new Set(pids).size).toBe(3);
    expect(alive).toEqual([true, true, true]);
    expect(states).toEqual(['ready', 'ready', 'ready']);
    expect(pids.map(isAlive)).toEqual([false, false, false]);
  });

  it('tells each cluster who it is, and nobody else', async () => {
    const manager = await startBot(3, { totalShards: 7, args: ['--flag', 'a b'], env: { OWN: 'mine' } });

    const results = await manager.ipc.requestAll<{ readonly isPrimary: boolean }>('facts');

    expect(results.allOk()).toBe(true);
    expect(results.get(1)).toMatchObject({
      data: {
        id: 1,
        shardList: [3, 4],
        totalShards: 7,
        totalClusters: 3,
        isPrimary: false,
        ready: true,
        bootVariable: null,
        args: ['--flag', 'a b'],
        own: 'mine',
      },
    });
    expect(results.find(({ isPrimary }) => isPrimary)).toMatchObject({ id: 0 });
  });

  it('says what happens to its clusters', async () => {
    const manager = makeManager('core-bot.js');
    const said: string[] = [];
    manager.on('clusterCreate', ({ id, generation }) => said.push(`create ${id} ${generation}`));
    manager.on('clusterReady', ({ id, state }) => said.push(`${state} ${id}`));
    manager.on('ready', () => said.push('all ready'));
    manager.on('clusterDeath', ({ id }, { code, signal }) => said.push(`death ${id} ${code ?? signal}`));

    await manager.spawn();
    await manager.shutdown();

    expect(said.slice(0, 2)).toEqual(['create 0 1', 'create 1 1']);
    expect(said.slice(2, 4).toSorted()).toEqual(['ready 0', 'ready 1']);
    expect(said[4]).toBe('all ready');
    expect(said.slice(5).toSorted()).toEqual(['death 0 0', 'death 1 0']);
  });

  it('spawns once, however often it is asked', async () => {
    const manager = await startBot(1);
    const before = pidsOf(manager);

    await Promise.all([manager.spawn(), manager.whenReady()]);

    expect(pidsOf(manager)).toEqual(before);
  });

  it('ends by itself once it was shut down: nothing keeps its process', async () => {
    const { stdout } = await run(process.execPath, [resolve(BOTS, 'manager-host.js'), 'shutdown'], {
      timeout: 10_000,
    });

    await untilDead(JSON.parse(stdout) as number[]);
    expect(JSON.parse(stdout)).toHaveLength(2);
  });

  it('can be shut down while it starts: the start says so, and nobody is left', async () => {
    const manager = makeManager('core-bot.js');
    const pids: number[] = [];
    manager.on('clusterCreate', ({ pid }) => void (pid !== undefined && pids.push(pid)));

    const start = expect(manager.spawn()).rejects.toBeInstanceOf(AggregateError);
    await manager.shutdown();
    await start;

    expect(pids).toHaveLength(2);
    expect(pids.map(isAlive)).toEqual([false, false]);
  });

  it('refuses calls and events once it was shut down', async () => {
    const manager = await startBot(1);

    await manager.shutdown();

    await expect(manager.ipc.requestTo(0, 'id')).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
    await expect(manager.events.broadcast('note')).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
  });
});

describe('the channel of process.send', () => {
  it('is the bot`s own', async () => {
    const manager = await startBot(1);

    const facts = await manager.ipc.requestTo<object>(0, 'facts');
    const sent = await manager.ipc.requestTo(0, 'sendToParent', { type: 'request', kind: 8, cluster: 0 });

    expect(facts).toMatchObject({ channel: { connected: true, listeners: 0 } });
    expect(sent).toBe('sent');
    await expect(manager.ipc.requestTo(0, 'id')).resolves.toBe(0);
  });
});

describe('a manager that vanishes', () => {
  it('leaves no orphans', async () => {
    const host = spawn(process.execPath, [resolve(BOTS, 'manager-host.js')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void host.kill('SIGKILL'));
    const [line] = (await once(host.stdout, 'data')) as [Buffer];
    const pids = JSON.parse(line.toString()) as number[];
    const before = pids.map(isAlive);

    host.kill('SIGKILL');

    await untilDead(pids, 2000);
    expect(before).toEqual([true, true]);
  });
});

describe('a cluster that dies', () => {
  it('comes back, and a call that was made meanwhile waits for it', async () => {
    const manager = await startBot();
    const pid = await manager.ipc.requestTo<number>(1, 'pid');
    const death = once(manager, 'clusterDeath');

    process.kill(pid, 'SIGKILL');
    await death;
    const successor = await manager.ipc.requestTo<number>(1, 'pid');

    expect(successor).not.toBe(pid);
    expect(manager.clusters[1]).toMatchObject({ pid: successor, generation: 2 });
    expect(isAlive(pid)).toBe(false);
  });

  it('is reported with how it ended', async () => {
    const manager = await startBot(2, { respawn: false });
    const exits = new Map<number, unknown>();
    manager.on('clusterDeath', ({ id }, exit) => void exits.set(id, exit));

    await expect(manager.ipc.requestTo(1, 'exit', 7)).rejects.toMatchObject({ code: 'CLUSTER_DIED' });
    process.kill(pidsOf(manager)[0] as number, 'SIGKILL');
    await until(() => exits.size === 2, 'both deaths');

    expect(exits.get(1)).toMatchObject({ reason: 'exit', code: 7, signal: null });
    expect(exits.get(0)).toMatchObject({ reason: 'signal', code: null, signal: 'SIGKILL' });
  });

  it('is not waited for when it does not come back, or when the caller would rather not', async () => {
    const manager = await startBot(2, { respawn: false });
    const death = once(manager, 'clusterDeath');

    process.kill(pidsOf(manager)[1] as number, 'SIGKILL');
    await death;

    await expect(callFrom(manager, 0, 'requestTo', 1, 'id')).resolves.toMatchObject({
      code: 'CLUSTER_UNAVAILABLE',
    });
    await expect(
      callFrom(manager, 0, 'requestTo', 1, 'id', null, { whenNotReady: 'fail' }),
    ).resolves.toMatchObject({
      code: 'CLUSTER_UNAVAILABLE',
    });
    await expect(callFrom(manager, 0, 'requestTo', 2, 'id')).resolves.toMatchObject({
      code: 'CLUSTER_NOT_FOUND',
    });
  });

  it('is ended and replaced when it says what is no frame', async () => {
    const manager = await startBot();
    const [pid] = pidsOf(manager) as [number];

    await expect(manager.ipc.requestTo(0, 'writeGarbage')).rejects.toMatchObject({ code: 'CLUSTER_DIED' });
    await untilDead([pid]);

    await expect(manager.ipc.requestTo(0, 'id')).resolves.toBe(0);
    await expect(manager.ipc.requestTo(1, 'id')).resolves.toBe(1);
  });
});

describe('a bot that cannot start', () => {
  it('says which clusters did not, within seconds', async () => {
    const manager = makeManager('throwing-bot.js');
    const started = performance.now();

    const error = await manager.spawn().catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(AggregateError);
    expect(error).toMatchObject({ message: '2 of 2 clusters did not start: 0, 1' });
    expect((error as AggregateError).errors.map(String)).toEqual([
      expect.stringMatching(/^Error: Cluster 0 exited before it was ready \(exit code 1\)/),
      expect.stringMatching(/^Error: Cluster 1 exited before it was ready \(exit code 1\)/),
    ]);
    expect(performance.now() - started).toBeLessThan(8000);
  });

  it('says what a bot file lacks that never gets ready', async () => {
    const manager = makeManager('silent-bot.js', {
      totalShards: 1,
      totalClusters: 1,
      readyTimeout: 300,
      respawn: false,
    });
    const pids: number[] = [];
    manager.on('clusterCreate', ({ pid }) => void (pid !== undefined && pids.push(pid)));

    await expect(manager.spawn()).rejects.toMatchObject({
      errors: [{ message: expect.stringContaining('does the bot file call client.login()?') as string }],
    });
    await untilDead(pids);
  });

  it.each<[string, () => ClusterManager, string]>([
    ['a file that is not there', () => new ClusterManager('./nowhere.js'), 'There is no bot file at '],
    [
      'too few shards',
      () => makeManager('core-bot.js', { totalShards: 1 }),
      'totalShards (1) must be at least totalClusters (2)',
    ],
    ['a bad option', () => makeManager('core-bot.js', { readyTimeout: -1 }), 'readyTimeout must be a number'],
  ])('says in one sentence what is wrong with %s', (_what, make, sentence) => {
    expect(make).toThrow(sentence);
  });
});

describe('a second ClusterClient in one process', () => {
  it('is a clear error', async () => {
    const manager = await startBot(1);

    await expect(manager.ipc.requestTo(0, 'secondClient')).rejects.toThrow(
      'This process already has a ClusterClient: share it instead of creating a second one.',
    );
  });
});

describe('a bot file started by hand', () => {
  it('works as one cluster of one, and ends when it has nothing to do', async () => {
    const { stdout } = await run(process.execPath, [resolve(BOTS, 'alone-bot.js')], { timeout: 10_000 });

    expect(JSON.parse(stdout)).toEqual({
      identity: [0, true, [0], 1, 1],
      request: { at: '1970-01-01T00:00:00.000Z' },
      requestTo: 2,
      requestToGuild: 3,
      requestAll: [{ clusterId: 0, status: 'ok', data: 1 }],
      unknown: 'NO_HANDLER',
      other: 'CLUSTER_NOT_FOUND',
      manager: 'CLUSTER_UNAVAILABLE',
      acked: 0,
      heard: [['to myself', 0]],
    });
  });
});

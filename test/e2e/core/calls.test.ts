import { MANAGER_ID } from 'shardwire';
import { describe, expect, it } from 'vitest';
import { isAlive, until } from '../../support/processes.js';
import { callFrom, emitFrom, pidsOf, startBot } from './start-bot.js';

describe('calls from a real cluster', () => {
  it('reach any cluster, one, the one with a guild, and all', async () => {
    const manager = await startBot(3);
    const guildId = String(2n << 22n);

    const ends = [
      await callFrom(manager, 1, 'request', 'echo', { a: [1, null] }),
      await callFrom(manager, 1, 'requestTo', 2, 'id'),
      await callFrom(manager, 1, 'requestTo', 1, 'id'),
      await callFrom(manager, 1, 'requestToGuild', guildId, 'id'),
      await callFrom(manager, 1, 'requestAll', 'id'),
    ];

    expect(ends).toEqual([
      { ok: true, value: { a: [1, null] } },
      { ok: true, value: 2 },
      { ok: true, value: 1 },
      { ok: true, value: 2 },
      { ok: true, value: [0, 1, 2].map((id) => ({ clusterId: id, status: 'ok', data: id })) },
    ]);
  });

  it('are shared out over all clusters', async () => {
    const manager = await startBot(3);

    const ids = await Promise.all(Array.from({ length: 30 }, () => manager.ipc.request<number>('id')));

    // Ten each, if none of them answers before all are asked.
    const counts = [0, 1, 2].map((id) => ids.filter((each) => each === id).length);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(5);
  });

  it('end with what the handler threw, and with the sentence for a handler that is not there', async () => {
    const manager = await startBot();

    const thrown = await callFrom(manager, 0, 'requestTo', 1, 'throw');
    const own = await callFrom(manager, 0, 'requestTo', 0, 'throw');
    const missing = await callFrom(manager, 0, 'request', 'nonExistent');

    expect(thrown).toEqual({ ok: false, text: 'TypeError: Something went wrong', code: 'EOOPS' });
    expect(own).toEqual(thrown);
    expect(missing).toEqual({
      ok: false,
      text: "Error: No handler registered for 'nonExistent'",
      code: 'NO_HANDLER',
    });
  });

  it('say where in a result sits what cannot be sent', async () => {
    const manager = await startBot();

    await expect(manager.ipc.requestTo(1, 'bigint')).rejects.toMatchObject({
      code: 'UNSERIALIZABLE',
      message: 'bigint -> cluster 1: result.users[0].id is a bigint',
    });
  });

  it('carry much, both ways', async () => {
    const manager = await startBot();
    const large = { text: 'é'.repeat(3_000_000) };

    await expect(manager.ipc.requestTo(1, 'echo', large)).resolves.toEqual(large);
  });

  it('are told to stop when their caller has', async () => {
    const manager = await startBot();
    const controller = new AbortController();
    const call = manager.ipc.requestTo(1, 'never', null, { signal: controller.signal });
    await until(() => manager.clusters[1]?.inFlight === 1, 'the call`s arrival');

    controller.abort(new Error('enough'));

    await expect(call).rejects.toMatchObject({ code: 'CANCELLED', cause: { message: 'enough' } });
    await until(
      async () => (await manager.ipc.requestTo<unknown[]>(1, 'seen')).includes('aborted'),
      'the word of it',
    );
    expect(manager.clusters[1]?.inFlight).toBe(0);
  });
});

describe('the manager`s own faces', () => {
  it('answer clusters that ask for it, and are never anybody`s any', async () => {
    const manager = await startBot();
    manager.ipc.handle('budget', (data: number, { sourceCluster }) => [data, sourceCluster]);

    await expect(callFrom(manager, 1, 'requestTo', MANAGER_ID, 'budget', 5)).resolves.toEqual({
      ok: true,
      value: [5, 1],
    });
    await expect(callFrom(manager, 1, 'request', 'budget', 5)).resolves.toMatchObject({ code: 'NO_HANDLER' });
    await expect(manager.ipc.requestTo(0, 'source')).resolves.toBe(MANAGER_ID);
  });

  it('hear broadcasts, send them, and are not counted', async () => {
    const manager = await startBot(3);
    const heard: unknown[] = [];
    manager.events.on('note', (...args) => heard.push(args));

    const acked = await emitFrom(manager, 1, 'broadcastAndWait', 'note', 'from one', 10_000, 2);
    const own = await manager.events.broadcastAndWait('note', 'from above', 10_000, 3);
    const seen = await manager.ipc.requestAll('seen');

    expect([acked, own, heard]).toEqual([2, 3, [['from one', 1]]]);
    expect(seen.values()).toEqual([
      [
        ['from one', 1],
        ['from above', MANAGER_ID],
      ],
      [['from above', MANAGER_ID]],
      [
        ['from one', 1],
        ['from above', MANAGER_ID],
      ],
    ]);
  });
});

describe('events between real clusters', () => {
  it('keep their order, and reach everyone else', async () => {
    const manager = await startBot(3);
    const notes = Array.from({ length: 50 }, (_, index) => index);

    for (const note of notes) await emitFrom(manager, 0, 'broadcast', 'note', note);
    await emitFrom(manager, 0, 'emitTo', 2, 'note', 'last');
    await emitFrom(manager, 0, 'broadcastAndWait', 'end', null, 10_000, 2);
    const seen = await manager.ipc.requestAll('seen');

    expect(seen.values()).toEqual([
      [],
      notes.map((note) => [note, 0]),
      [...notes.map((note) => [note, 0]), ['last', 0]],
    ]);
  });
});

describe('the sudden death of a cluster', () => {
  it('ends two hundred calls at once, long before their time', async () => {
    const manager = await startBot();
    const calls = manager.ipc.requestTo<string[]>(0, 'callMany', { count: 200, target: 1 });
    await until(() => manager.clusters[1]?.inFlight === 200, 'the arrival of 200 calls');
    const killed = performance.now();

    process.kill(pidsOf(manager)[1] as number, 'SIGKILL');

    const codes = await calls;
    expect(performance.now() - killed).toBeLessThan(2000);
    expect([codes.length, new Set(codes)]).toEqual([200, new Set(['CLUSTER_DIED'])]);
  });

  it('is an entry of its own in a call to all', async () => {
    const manager = await startBot(3);
    const call = callFrom(manager, 0, 'requestAll', 'hangOn', 1);
    await until(() => manager.clusters[1]?.inFlight === 1, 'the call`s arrival');

    process.kill(pidsOf(manager)[1] as number, 'SIGKILL');

    const { value } = await call;
    expect(value).toMatchObject([
      { clusterId: 0, status: 'ok', data: 0 },
      { clusterId: 1, status: 'error', error: { code: 'CLUSTER_DIED', clusterId: 1 } },
      { clusterId: 2, status: 'ok', data: 2 },
    ]);
  });

  it('does not take back an answer that it had given', async () => {
    const manager = await startBot(10, { respawn: false });

    const answers = await Promise.all(
      manager.clusters.map(({ id }) =>
        manager.ipc.requestTo(id, id % 2 === 0 ? 'answerAndDie' : 'answerAndExit'),
      ),
    );

    expect(answers).toEqual(Array(10).fill('last words'));
  });
});

describe('a cluster that says its last words and goes', () => {
  const COUNT = 200;

  it('loses none of them', async () => {
    const manager = await startBot(3, { respawn: false });
    const heard: unknown[] = [];
    manager.events.on('note', (data) => heard.push(data));

    await manager.events.emitTo(1, 'sayAndExit', { count: COUNT });
    await until(() => manager.clusters[1]?.state === 'down', 'the death');
    const seen = await manager.ipc.requestTo<unknown[]>(2, 'seen');

    expect([heard.length, seen.length]).toEqual([COUNT, COUNT]);
  });

  it('loses none of them though the manager is busy, and others speak to it that very moment', async () => {
    const manager = await startBot(4, { respawn: false });
    const heard: unknown[] = [];
    manager.events.on('note', (data) => heard.push(data));
    // They have something for cluster 1, which the manager may well read before what cluster 1 has said.
    for (const from of [0, 2, 3])
      await manager.events.emitTo(from, 'callLater', { from, to: 1, afterMs: 20 });
    await manager.events.emitTo(1, 'sayAndExit', { count: COUNT, afterMs: 60 });
    const [, pid] = pidsOf(manager) as [number, number];
    await manager.ipc.requestTo(0, 'id');

    blockUntil(() => !isAlive(pid));
    await until(() => manager.clusters[1]?.state === 'down', 'the death');

    expect(heard).toHaveLength(COUNT);
  });
});

/** Keeps this process, the manager's, from doing anything until it is so, or for five seconds. */
function blockUntil(isSo: () => boolean): void {
  const giveUpAt = performance.now() + 5000;
  while (!isSo() && performance.now() < giveUpAt);
}

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { shardOwners } from '../../../src/discord/shard-math.js';
import { Endpoint } from '../../../src/ipc/endpoint.js';
import type { EndpointListener } from '../../../src/ipc/endpoint.js';
import { IPCHandler } from '../../../src/ipc/ipc-handler.js';
import { linkLimits, resolveLimits } from '../../../src/limits.js';
import { MemoryLink } from '../../../src/link/memory-link.js';
import { Kind } from '../../../src/wire/frame.js';
import type { FrameSpec } from '../../support/frames.js';
import { RawPeer, settled } from '../../support/raw-peer.js';

const limits = resolveLimits();
const onCommand = vi.fn<Required<EndpointListener>['onCommand']>();
const onEnd = vi.fn<Required<EndpointListener>['onEnd']>();
let endpoint: Endpoint;
/** Sends whatever a test wants a manager to say. */
let manager: RawPeer;

beforeEach(() => {
  onCommand.mockReset();
  onEnd.mockReset();
  const [inner, outer] = MemoryLink.pair(linkLimits(limits));
  const owners = shardOwners(() => ({ totalShards: 2, totalClusters: 2 }));
  endpoint = new Endpoint({ id: 0, totalClusters: 2, limits, owners, link: inner }, { onCommand, onEnd });
  manager = new RawPeer(outer);
});

describe('what the manager wants of a cluster', () => {
  it('is handed up, checked, in the order in which it came', async () => {
    manager.send(
      { kind: Kind.ping },
      { kind: Kind.identifyGrant, body: '{"shardId":1,"extra":true}' },
      { kind: Kind.shutdown },
    );
    await settled();

    expect(onCommand.mock.calls).toEqual([
      [{ kind: 'ping' }],
      [{ kind: 'identifyGrant', shardId: 1 }],
      [{ kind: 'shutdown' }],
    ]);
    expect(onEnd).not.toHaveBeenCalled();
  });

  it.each<[string, FrameSpec]>([
    ['a welcome that is no JSON', { kind: Kind.welcome, body: '{' }],
    ['a cluster in an unknown state', { kind: Kind.peer, body: '{"peers":[[1,"asleep"]]}' }],
    ['a grant without a shard', { kind: Kind.identifyGrant, body: '{}' }],
    ['a handover without a body', { kind: Kind.handover }],
    ['a job order without an action', { kind: Kind.jobOrder, body: '{"name":"x","registrationId":1}' }],
    ['a message that only clusters send', { kind: Kind.ready }],
  ])('ends the link, and the calls that wait on it, where it makes no sense: %s', async (_what, frame) => {
    const call = IPCHandler.create(endpoint).requestTo(1, 'work');
    const failure = expect(call).rejects.toMatchObject({ code: 'PROTOCOL_ERROR' });

    manager.send(frame, { kind: Kind.ping });
    await settled();

    await failure;
    expect(onEnd).toHaveBeenCalledExactlyOnceWith({ by: 'garbage', reason: expect.any(String) });
    expect(manager.ends).toEqual([{ by: 'peer' }]);
    expect(onCommand).not.toHaveBeenCalled();
  });
});

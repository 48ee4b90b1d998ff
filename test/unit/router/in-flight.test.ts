import { describe, expect, it } from 'vitest';
import { InFlightRequests } from '../../../src/router/in-flight.js';
import { Peer } from '../../../src/router/peer.js';

function peerOf(id: number, generation = 1): Peer {
  const peer = new Peer(id, { peers: [] });
  peer.generation = generation;
  return peer;
}

function setUp() {
  return { inFlight: new InFlightRequests(), caller: peerOf(0), target: peerOf(1), other: peerOf(2) };
}

describe('InFlightRequests', () => {
  it('joins the caller to the target, under an id for each request', () => {
    const { inFlight, caller, target } = setUp();

    const one = inFlight.open(caller, 77, target);
    const other = inFlight.open(caller, 78, target);

    expect(one).toMatchObject({ caller, callerGeneration: 1, correlation: 77, target, targetGeneration: 1 });
    expect(one.id).not.toBe(other.id);
    expect([inFlight.size, target.inFlight, caller.inFlight]).toEqual([2, 2, 0]);
  });

  it('finds a request for the process that was asked and for no other', () => {
    const { inFlight, caller, target, other } = setUp();
    const request = inFlight.open(caller, 77, target);

    expect([target, caller, other].map((source) => inFlight.find(request.id, source))).toEqual([
      request,
      undefined,
      undefined,
    ]);
    expect(inFlight.find(request.id + 1, target)).toBeUndefined();
  });

  it('finds no request for the replacement of the process that was asked', () => {
    const { inFlight, caller, target } = setUp();
    const request = inFlight.open(caller, 77, target);

    target.generation += 1;

    expect(inFlight.find(request.id, target)).toBeUndefined();
  });

  it('closes a request once, however often', () => {
    const { inFlight, caller, target } = setUp();
    const request = inFlight.open(caller, 77, target);
    inFlight.open(caller, 78, target);

    inFlight.close(request);
    inFlight.close(request);

    expect([inFlight.size, target.inFlight, inFlight.ofCall(caller, 77)]).toEqual([1, 1, []]);
  });

  it('finds the requests of a call, also of a call to several clusters', () => {
    const { inFlight, caller, target, other } = setUp();
    const fanOut = [target, other, peerOf(3)].map((each) => inFlight.open(caller, 77, each));
    const single = inFlight.open(caller, 78, target);

    inFlight.close(fanOut[0] as (typeof fanOut)[0]);

    expect(new Set(inFlight.ofCall(caller, 77))).toEqual(new Set(fanOut.slice(1)));
    expect(inFlight.ofCall(caller, 78)).toEqual([single]);
    expect(inFlight.ofCall(other, 77)).toEqual([]);
  });

  it('leaves nothing behind when all requests of a call are closed', () => {
    const { inFlight, caller, target, other } = setUp();

    for (const request of [target, other].map((each) => inFlight.open(caller, 77, each)))
      inFlight.close(request);

    expect([inFlight.size, caller.ownRequests.size]).toEqual([0, 0]);
  });

  it('counts the calls to a process, closed ones included', () => {
    const { inFlight, caller, target } = setUp();

    for (const correlation of [1, 2, 3]) inFlight.close(inFlight.open(caller, correlation, target));

    expect([target.calls, target.inFlight, caller.calls]).toEqual([3, 0, 0]);
  });

  it('finds the requests of a process, as caller and as target', () => {
    const { inFlight, caller, target, other } = setUp();
    const request = inFlight.open(caller, 77, target);
    const back = inFlight.open(target, 1, caller);

    expect(inFlight.involving(caller)).toEqual([request, back]);
    expect(inFlight.involving(target)).toEqual([request, back]);
    expect(inFlight.involving(other)).toEqual([]);
  });
});

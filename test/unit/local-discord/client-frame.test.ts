import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readClientFrame } from '../../../src/testing/local-discord/gateway/client-frame.js';

const read = (text: string) => readClientFrame(Buffer.from(text));

describe('readClientFrame', () => {
  it('knows the words of a client', () => {
    expect(read('{"op":1,"d":null}')).toEqual({ kind: 'heartbeat' });
    expect(read('{"op":2,"d":{"token":"x"}}')).toEqual({ kind: 'identify', data: { token: 'x' } });
    expect(read('{"op":6,"d":{"seq":1}}')).toEqual({ kind: 'resume', data: { seq: 1 } });
    expect(read('{"op":8,"d":{}}')).toEqual({ kind: 'requestGuildMembers', data: {} });
    expect([3, 4, 31].map((op) => read(JSON.stringify({ op })).kind)).toEqual(['noted', 'noted', 'noted']);
  });

  it.each(['', 'tea', '[]', 'null', '1', '{"op":1', '"op"'])('closes with 4002 on %s', (text) => {
    expect(read(text)).toMatchObject({ kind: 'bad', code: 4002 });
  });

  it('closes with 4002 on a frame longer than Discord allows', () => {
    expect(read(JSON.stringify({ op: 3, d: 'x'.repeat(4_096) }))).toMatchObject({ kind: 'bad', code: 4002 });
  });

  it.each([0, 7, 9, 10, 11, 99, -1, 1.5, '"1"', 'null'])('closes with 4001 on opcode %s', (op) => {
    expect(read(`{"op":${op}}`)).toMatchObject({ kind: 'bad', code: 4001 });
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void readClientFrame(Buffer.from(bytes))));
    fc.assert(fc.property(fc.json(), (text) => void read(text)));
  });
});

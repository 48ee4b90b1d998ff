import { describe, expect, it } from 'vitest';
import { Inbox } from '../../../src/supervisor/inbox.js';

describe('an inbox', () => {
  it('takes a step that comes during another one when that one is complete, before the outer push returns', () => {
    const inbox = new Inbox();
    const log: string[] = [];

    inbox.push(() => {
      inbox.push(() => void log.push('inner'));
      log.push('outer');
    });

    expect(log).toEqual(['outer', 'inner']);
  });

  it('takes a consequence of a step before the steps that wait', () => {
    const inbox = new Inbox();
    const log: string[] = [];

    inbox.push(() => {
      inbox.push(() => void log.push('waiting'));
      inbox.pushFirst(() => void log.push('consequence'));
    });

    expect(log).toEqual(['consequence', 'waiting']);
  });

  it('takes what waits although a step throws, and passes the error on', () => {
    const inbox = new Inbox();
    const log: string[] = [];

    const push = (): void =>
      inbox.push(() => {
        inbox.push(() => void log.push('waiting'));
        throw new Error('broken');
      });

    expect(push).toThrow('broken');
    expect(log).toEqual(['waiting']);
    inbox.push(() => void log.push('later'));
    expect(log).toEqual(['waiting', 'later']);
  });
});

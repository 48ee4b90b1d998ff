import { describe, expect, it, vi } from 'vitest';
import { LifecycleLog } from '../../../src/log/lifecycle-log.js';
import type { Logger } from '../../../src/log/logger.js';
import { checkedLogger } from '../../../src/log/logger.js';
import { turnUntil } from '../../support/turns.js';
import { keepUncaught } from '../../support/uncaught.js';

function loggerMock() {
  return {
    debug: vi.fn<Logger['debug']>(),
    info: vi.fn<Logger['info']>(),
    warn: vi.fn<Logger['warn']>(),
    error: vi.fn<Logger['error']>(),
  };
}

describe('the log', () => {
  it('writes each line once to both, with its facts in the text and as fields', () => {
    const logger = loggerMock();
    const lines: string[] = [];

    new LifecycleLog(logger, (line) => lines.push(line)).cluster(
      { id: 2, pid: 4711, generation: 3 },
      'died',
      'SIGKILL',
    );

    const text = 'cluster 2 (pid 4711, generation 3) has died: SIGKILL';
    expect(lines).toEqual([text]);
    expect(logger.warn).toHaveBeenCalledExactlyOnceWith(
      { event: 'died', cluster: 2, clusterPid: 4711, generation: 3, reason: 'SIGKILL' },
      text,
    );
  });

  it('names the known facts of a process, and the bot in lines about no cluster', () => {
    const lines: string[] = [];
    const log = new LifecycleLog(undefined, (line) => lines.push(line));

    log.cluster({ id: 0, pid: undefined, generation: 0 }, 'handover', 'sequential, starting');
    log.cluster({ id: 0, pid: undefined, generation: 4 }, 'died', 'not-started');
    log.bot('bot-stopping', 'SIGTERM');
    log.bot('bot-ready', '');

    expect(lines).toEqual([
      'cluster 0 hands over: sequential, starting',
      'cluster 0 (generation 4) has died: not-started',
      'the bot is shutting down: SIGTERM',
      'the bot is ready',
    ]);
  });

  it('continues when its logger throws; the error is uncaught, as with any listener', async () => {
    const logger = {
      ...loggerMock(),
      info: vi.fn(() => {
        throw new Error('the disk is full');
      }),
    };
    const uncaught = keepUncaught();

    new LifecycleLog(logger, () => {}).bot('bot-ready', '');
    await turnUntil(() => uncaught.thrown.length > 0, 'the error');
    uncaught.stop();

    expect(uncaught.thrown).toMatchObject([{ message: 'the disk is full' }]);
  });

  it('accepts console, and no logger without all levels', () => {
    const { debug, info, warn } = loggerMock();

    expect(checkedLogger(console)).toBe(console);
    expect(checkedLogger(undefined)).toBeUndefined();
    expect(() => checkedLogger({ debug, info, warn } as never)).toThrow('error is missing');
  });
});

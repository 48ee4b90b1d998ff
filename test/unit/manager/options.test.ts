import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { countClusters, resolveManagerOptions } from '../../../src/manager/options.js';

const file = fileURLToPath(import.meta.url);

function resolved(options: { readonly [key: string]: unknown } = {}) {
  return resolveManagerOptions(file, options);
}

afterEach(() => void vi.unstubAllEnvs());

describe('resolveManagerOptions', () => {
  it('takes the defaults where nothing is said', () => {
    vi.stubEnv('DISCORD_TOKEN', undefined);

    expect(resolved()).toMatchObject({
      file,
      totalShards: 'auto',
      totalClusters: undefined,
      shardsPerCluster: undefined,
      token: undefined,
      args: [],
      execArgv: process.execArgv,
      env: {},
      respawn: { initialDelayMs: 1000, maxDelayMs: 120_000, maxRestarts: 20, startAttempts: 3 },
      heartbeat: { intervalMs: 5000, timeoutMs: 30_000 },
      readyTimeoutMs: 60_000,
      drainTimeoutMs: 5000,
      shutdownTimeoutMs: 10_000,
      signals: true,
      identifyWindowMs: 5000,
      logger: undefined,
      output: 'inherit',
      limits: { maxPayloadBytes: 16 * 1024 * 1024, maxInFlight: 16_384 },
    });
  });

  it('takes the defaults where undefined is said', () => {
    const nothing = {
      respawn: undefined,
      readyTimeout: undefined,
      totalShards: undefined,
      limits: undefined,
    };

    expect(resolved(nothing)).toEqual(resolved());
  });

  it('keeps what is said, also where it is falsy', () => {
    const options = {
      respawn: false,
      heartbeat: false,
      signals: false,
      identifyWindow: 0,
      args: [],
      token: '',
    };

    expect(resolved(options)).toMatchObject({
      respawn: undefined,
      heartbeat: undefined,
      signals: false,
      identifyWindowMs: 0,
      token: '',
    });
  });

  it('finds the token in the environment', () => {
    vi.stubEnv('DISCORD_TOKEN', 'secret');

    expect([resolved().token, resolved({ token: 'own' }).token]).toEqual(['secret', 'own']);
  });

  it('takes a URL for the bot file, and a path from the working folder', () => {
    expect(resolveManagerOptions(new URL(import.meta.url), {}).file).toBe(file);
    expect(resolveManagerOptions('package.json', {}).file).toBe(`${process.cwd()}/package.json`);
  });

  it('says in one sentence that there is no bot file', () => {
    expect(() => resolveManagerOptions('./nowhere/bot.js', {})).toThrow(
      /^There is no bot file at .*nowhere\/bot\.js: pass the path of the file that makes the ClusterClient\.$/,
    );
  });

  it.each([
    [{ totalShards: 0 }, 'totalShards must be a whole number from 1, got 0'],
    [{ totalShards: 1.5 }, 'totalShards must be a whole number from 1, got 1.5'],
    [{ totalShards: Number.NaN }, 'totalShards must be a whole number from 1, got NaN'],
    [{ totalShards: '4' }, 'totalShards must be a whole number from 1, got "4"'],
    [{ totalClusters: -1 }, 'totalClusters must be a whole number from 1, got -1'],
    [{ shardsPerCluster: 0 }, 'shardsPerCluster must be a whole number from 1, got 0'],
    [
      { totalClusters: 1, shardsPerCluster: 1 },
      'Set totalClusters or shardsPerCluster, not both: each follows from the other.',
    ],
    [{ readyTimeout: -1 }, 'readyTimeout must be a number of milliseconds from 0 to 2147483647, got -1'],
    [
      { readyTimeout: Number.NaN },
      'readyTimeout must be a number of milliseconds from 0 to 2147483647, got NaN',
    ],
    [
      { shutdownTimeout: '5' },
      'shutdownTimeout must be a number of milliseconds from 0 to 2147483647, got 5',
    ],
    [
      { identifyWindow: 2 ** 31 },
      'identifyWindow must be a number of milliseconds from 0 to 2147483647, got 2147483648',
    ],
    [{ output: 'pipe' }, "output must be 'inherit', 'prefix' or 'ignore', got pipe"],
    [{ logger: { info() {} } }, 'logger must have the methods debug, info, warn, error: debug is missing.'],
    [{ limits: { maxPayloadBytes: 0 } }, 'limits.maxPayloadBytes must be a positive integer, got 0'],
    [{ limits: { maxInFlight: 1.5 } }, 'limits.maxInFlight must be a positive integer, got 1.5'],
    [{ limits: { maxQueuedBytes: '1' } }, 'limits.maxQueuedBytes must be a positive integer, got 1'],
    [{ limits: { maxWaitingCalls: -5 } }, 'limits.maxWaitingCalls must be a positive integer, got -5'],
  ])('says in one sentence what is wrong with %j', (options, sentence) => {
    expect(() => resolved(options)).toThrow(expect.objectContaining({ message: sentence }));
  });
});

describe('countClusters', () => {
  it.each([
    [{ totalClusters: 3 }, 8, 3],
    [{ shardsPerCluster: 3 }, 8, 3],
    [{ shardsPerCluster: 100 }, 8, 1],
    [{ shardsPerCluster: 1 }, 8, 8],
  ])('with %j and %d shards is %d', (options, totalShards, expected) => {
    expect(countClusters(resolved(options), totalShards)).toBe(expected);
  });

  it('is a cluster per core by default, and never more than there are shards', () => {
    expect(countClusters(resolved(), 1)).toBe(1);
    expect(countClusters(resolved(), 100_000)).toBe(availableParallelism());
  });
});

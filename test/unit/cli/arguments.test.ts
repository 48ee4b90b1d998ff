import { describe, expect, it } from 'vitest';
import { parseDev, parseStart } from '../../../src/cli/bots/arguments.js';
import { UsageError } from '../../../src/cli/kit/usage-error.js';

const refusal = (args: readonly string[], parse: (args: readonly string[]) => unknown = parseStart) => {
  try {
    return `understood: ${JSON.stringify(parse(args))}`;
  } catch (error) {
    return error instanceof UsageError ? error.message : `another error: ${String(error)}`;
  }
};

describe('the arguments of `shardwire start`', () => {
  it('need only a bot file', () => {
    expect(parseStart(['bot.js'])).toEqual({
      file: 'bot.js',
      totalShards: 'auto',
      totalClusters: undefined,
      shardsPerCluster: undefined,
      envFile: undefined,
      args: [],
      respawn: true,
      table: true,
    });
  });

  it('give the numbers of clusters and shards, the environment file and the arguments of the bot', () => {
    const args = 'bot.js --clusters 4 --shards 16 --env-file .env --respawn false --no-table -- --own -- x';

    expect(parseStart(args.split(' '))).toEqual({
      file: 'bot.js',
      totalShards: 16,
      totalClusters: 4,
      shardsPerCluster: undefined,
      envFile: '.env',
      args: ['--own', '--', 'x'],
      respawn: false,
      table: false,
    });
  });

  it('may precede the bot file, and be written with an equals sign', () => {
    expect(parseStart(['--shards=auto', '--shards-per-cluster=8', 'bot.js'])).toMatchObject({
      file: 'bot.js',
      totalShards: 'auto',
      shardsPerCluster: 8,
    });
  });

  it.each([['--help'], ['-h'], ['bot.js', '--help']])('may ask for help: %s', (...args) => {
    expect(parseStart(args)).toBe('help');
  });

  it.each([
    ['', 'No bot file given. Pass the file that creates the ClusterClient.'],
    ['bot.js 4', "Unexpected argument '4'. Arguments for the bot go after `--`."],
    ['bot.js --cluster 4', "Unknown option '--cluster'. Did you mean '--clusters'?"],
    [
      'bot.js --shard-per-clsuter 4',
      "Unknown option '--shard-per-clsuter'. Did you mean '--shards-per-cluster'?",
    ],
    ['bot.js --colour', "Unknown option '--colour'."],
    ['bot.js --clusters 0', "--clusters must be a positive integer, got '0'."],
    ['bot.js --clusters 1.5', "--clusters must be a positive integer, got '1.5'."],
    ['bot.js --shards all', "--shards must be a positive integer or 'auto', got 'all'."],
    ['bot.js --respawn no', "--respawn must be true or false, got 'no'."],
    ['bot.js --shards', "Option '--shards <value>' argument missing."],
    ['bot.js --no-table=yes', "Option '--no-table' does not take an argument."],
    [
      'bot.js --clusters 2 --shards-per-cluster 2',
      'Use either --clusters or --shards-per-cluster, not both.',
    ],
    [
      'bot.js --token abc',
      'A token on the command line can be read by every process. Set DISCORD_TOKEN or use --env-file instead.',
    ],
  ])('are refused with a sentence where they are invalid: %s', (args, sentence) => {
    expect(refusal(args.split(' ').filter((arg) => arg !== ''))).toBe(sentence);
  });
});

describe('the arguments of `shardwire dev`', () => {
  it('include those of the generator', () => {
    const args = 'bot.ts --shards 2 --contracts src/contracts --out src/generated --no-gen';

    expect(parseDev(args.split(' '))).toMatchObject({
      file: 'bot.ts',
      totalShards: 2,
      contracts: 'src/contracts',
      out: 'src/generated',
      gen: false,
    });
  });

  it('do not include those of start', () => {
    expect(refusal(['bot.ts', '--no-table'], parseDev)).toBe("Unknown option '--no-table'.");
  });
});

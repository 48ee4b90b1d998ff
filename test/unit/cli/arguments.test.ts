import { describe, expect, it } from 'vitest';
import { UsageError, parseDev, parseStart } from '../../../src/cli/bots/arguments.js';

const misunderstood = (args: readonly string[], parse: (args: readonly string[]) => unknown = parseStart) => {
  try {
    return `understood: ${JSON.stringify(parse(args))}`;
  } catch (error) {
    return error instanceof UsageError ? error.message : `another error: ${String(error)}`;
  }
};

describe('the arguments of `shardwire start`', () => {
  it('need a bot file and nothing else', () => {
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

  it('say how many of what, where the environment is, and what is meant for the bot', () => {
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

  it('may stand before the bot file, and with an equals sign', () => {
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
    ['', 'Name the bot file: the one that makes the ClusterClient.'],
    ['bot.js 4', "'4' is too much: what is meant for the bot comes after `--`."],
    ['bot.js --cluster 4', 'There is no option --cluster; was it to be --clusters?'],
    [
      'bot.js --shard-per-clsuter 4',
      'There is no option --shard-per-clsuter; was it to be --shards-per-cluster?',
    ],
    ['bot.js --colour', 'There is no option --colour.'],
    ['bot.js --clusters 0', "--clusters takes a whole number from 1, not '0'."],
    ['bot.js --clusters 1.5', "--clusters takes a whole number from 1, not '1.5'."],
    ['bot.js --shards all', "--shards takes a whole number from 1 or 'auto', not 'all'."],
    ['bot.js --respawn no', "--respawn takes true or false, not 'no'."],
    ['bot.js --shards', "Option '--shards <value>' argument missing."],
    ['bot.js --no-table=yes', "Option '--no-table' does not take an argument."],
    [
      'bot.js --clusters 2 --shards-per-cluster 2',
      'Give --clusters or --shards-per-cluster, not both: each follows from the other.',
    ],
    [
      'bot.js --token abc',
      'A token on the command line can be read by every process: set DISCORD_TOKEN, or use --env-file.',
    ],
  ])('that make no sense are told in a sentence: %s', (args, sentence) => {
    expect(misunderstood(args.split(' ').filter((arg) => arg !== ''))).toBe(sentence);
  });
});

describe('the arguments of `shardwire dev`', () => {
  it('are those of the generator, too', () => {
    const args = 'bot.ts --shards 2 --contracts src/contracts --out src/generated --no-gen';

    expect(parseDev(args.split(' '))).toMatchObject({
      file: 'bot.ts',
      totalShards: 2,
      contracts: 'src/contracts',
      out: 'src/generated',
      gen: false,
    });
  });

  it('are not those of start', () => {
    expect(misunderstood(['bot.ts', '--no-table'], parseDev)).toBe('There is no option --no-table.');
  });
});

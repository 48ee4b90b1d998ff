import { expect, it } from 'vitest';
import { parseOptions } from '../../../../src/cli/kit/parse-options.js';
import { UsageError, usageErrorText } from '../../../../src/cli/kit/usage-error.js';

const OPTIONS = { out: { type: 'string' }, check: { type: 'boolean' } } as const;

it('separates options from positional arguments', () => {
  const { values, positionals } = parseOptions(['gen', '--out', 'pages', '--check'], OPTIONS);

  expect({ ...values }).toEqual({ out: 'pages', check: true });
  expect(positionals).toEqual(['gen']);
});

it.each([
  [['--otu', 'x'], "Unknown option '--otu'. Did you mean '--out'?"],
  [['--colour'], "Unknown option '--colour'."],
  [['-x'], "Unknown option '-x'."],
  [['--out'], "Option '--out <value>' argument missing."],
  [['--out', '--check'], "Option '--out' argument is ambiguous."],
  [['--check=yes'], "Option '--check' does not take an argument."],
])('reports what is wrong in full sentences: %j', (args, message) => {
  expect(() => parseOptions(args, OPTIONS)).toThrow(new UsageError(message));
});

it('a usage error names the help that applies', () => {
  const error = new UsageError('Missing --against.');

  expect(usageErrorText(error)).toBe('Missing --against.\nRun `shardwire --help` for usage.\n');
  expect(usageErrorText(error, 'start')).toBe(
    'Missing --against.\nRun `shardwire start --help` for usage.\n',
  );
});

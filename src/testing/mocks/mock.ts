/**
 * Mocks: a contract's handlers that answer with random, valid values.
 *
 * Made from what its page says at run time, so there is nothing to generate and nothing to keep up to date; a bot never
 * loads this.
 */
import type { DefinedContract } from '../../contract/define-contract.js';
import { explain, formatProblems } from '../../schema/explain.js';
import type { HandlerSpec } from '../../contract/spec.js';
import { IPCError } from '../../errors.js';
import { Random } from './random.js';
import { randomValue } from './random-value.js';

export interface MockOptions {
  /** The same seed gives the same answers. Defaults to 0. */
  readonly seed?: number | string | undefined;
  /** Whose handlers: those of clusters, or those with `target: 'manager'`. Defaults to `'cluster'`. */
  readonly on?: 'cluster' | 'manager' | undefined;
}

/** What the `handle` of a contract's stubs takes. */
export type MockedHandlers<Bound> = Bound extends { handle(handlers: infer Handlers): void }
  ? Handlers
  : never;

/**
 * Gives handlers that answer with random values of the contract's types.
 *
 * The answers depend on the seed, on the handler and on how often it was asked, and on nothing else. Data that does not
 * fit is refused as it would be on its way. To answer one handler yourself, spread: `{ ...mock(guilds, 7), getUserCount: () => 5 }`.
 *
 * @param contract - The contract of a page: `import { guilds } from './generated/guilds.js'`.
 * @param options - A seed, or more than that.
 */
export function mock<Bound>(
  contract: DefinedContract<Bound>,
  options: MockOptions | number | string = {},
): MockedHandlers<Bound> {
  const { seed = 0, on = 'cluster' } = typeof options === 'object' ? options : { seed: options };
  const own = Object.entries(contract.handlers).filter(
    ([, { target }]) => (target === 'manager') === (on === 'manager'),
  );
  const handlers = own.map(([member, spec]) => {
    return [member, mockHandler(`${contract.name}.${member}`, spec, seed)] as const;
  });
  return Object.fromEntries(handlers) as MockedHandlers<Bound>;
}

function mockHandler(name: string, { input, output }: HandlerSpec, seed: number | string) {
  let calls = 0;
  return async (data?: unknown): Promise<unknown> => {
    if (!input.is(data)) {
      const problems = formatProblems(explain(input.shape, data), 'data');
      throw new IPCError('INVALID_PAYLOAD', `${name}: invalid data: ${problems}`, { handler: name });
    }
    calls += 1;
    return randomValue(output.shape, new Random(`${seed} ${name} ${calls}`));
  };
}

/**
 * Mocks: handlers of a contract that answer with random, valid values.
 *
 * Mocks are made at run time from the contract of a page, so they are neither generated nor kept up to date; a bot never
 * loads this module.
 */
import type { DefinedContract } from '../../contract/define-contract.js';
import { explain, formatProblems } from '../../schema/explain.js';
import type { HandlerSpec } from '../../contract/spec.js';
import { IPCError } from '../../errors.js';
import { Random } from './random.js';
import { randomValue } from './random-value.js';

/** Options for `mock`. */
export interface MockOptions {
  /** The same seed gives the same answers. Defaults to 0. */
  readonly seed?: number | string | undefined;
  /** Which handlers to mock: those of clusters, or those with `target: 'manager'`. Defaults to `'cluster'`. */
  readonly on?: 'cluster' | 'manager' | undefined;
}

/** The handlers that `handle` of a contract's stubs accepts. */
export type MockedHandlers<Bound> = Bound extends { handle(handlers: infer Handlers): void }
  ? Handlers
  : never;

/**
 * Returns handlers that answer with random values of the contract's types.
 *
 * An answer depends only on the seed, the handler and the number of its calls so far. Data that does not fit is rejected
 * with `INVALID_PAYLOAD`, as in a call. To answer one handler yourself, spread: `{ ...mock(guilds, 7), getUserCount: () => 5 }`.
 *
 * @param contract - The contract of a page: `import { guilds } from './generated/guilds.js'`.
 * @param options - A seed, or options.
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

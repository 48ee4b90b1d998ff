import { describe, expect, it, vi } from 'vitest';
import type { HandlerContext } from '../../../src/ipc/server/handler-context.js';
import { ServedCalls } from '../../../src/ipc/server/served-calls.js';
import { Server } from '../../../src/ipc/server/server.js';
import type { HandlerCallback, Reply, ServeRequest } from '../../../src/ipc/server/server.js';
import { jsonCodecs } from '../../../src/ipc/values/value-codec.js';
import { turn } from '../../support/turns.js';

const codecs = { input: jsonCodecs.data, output: jsonCodecs.result };
const MAX_PAYLOAD_BYTES = 1000;
const DEADLINE = 1_800_000_000_000;

function serverOf(handlers: { readonly [name: string]: HandlerCallback }): Server {
  const server = new Server(MAX_PAYLOAD_BYTES);
  for (const [name, handler] of Object.entries(handlers)) server.add(name, handler, codecs);
  return server;
}

/** Serves one call and keeps every answer to it. */
function serve(server: Server, request: Partial<ServeRequest> = {}) {
  const answers: unknown[][] = [];
  const open = new ServedCalls();
  const reply: Reply = {
    result: (body) => void answers.push(['value', body]),
    error: (serialized) =>
      void answers.push([
        'thrown',
        (JSON.parse(serialized) as { message?: string; text?: string }).message ?? serialized,
      ]),
    rejected: (code, detail) => void answers.push(['refused', code, detail]),
    resendKeyed: () => void answers.push(['ask again']),
  };
  const whole: ServeRequest = {
    correlation: 1,
    name: 'work',
    body: undefined,
    sourceCluster: 2,
    deadline: DEADLINE,
    rowFingerprint: undefined,
    ...request,
  };
  server.serve(whole, open, reply);
  return { answers, open, request: whole };
}

describe('Server', () => {
  it('answers at once with a value that is there', () => {
    const server = serverOf({ work: (data: unknown) => ({ data }) });

    const { answers, open } = serve(server, { body: '[1]' });

    expect([answers, open.size]).toEqual([[['value', '{"data":[1]}']], 0]);
  });

  it('answers with what a promise gives, or throws', async () => {
    const server = serverOf({
      work: () => Promise.resolve(7),
      fail: () => Promise.reject(new Error('later')),
    });

    const good = serve(server);
    const bad = serve(server, { name: 'fail' });
    const during = good.open.size;
    await turn();

    expect([good.answers, bad.answers]).toEqual([[['value', '7']], [['thrown', 'later']]]);
    expect([during, good.open.size, bad.open.size]).toEqual([1, 0, 0]);
  });

  it('answers with undefined as no body, and with null as null', () => {
    const server = serverOf({ work: () => undefined, nil: () => null });

    expect([serve(server).answers, serve(server, { name: 'nil' }).answers]).toEqual([
      [['value', undefined]],
      [['value', 'null']],
    ]);
  });

  it.each([
    ['an error', new Error('no'), ['thrown', 'no']],
    ['undefined', undefined, ['thrown', expect.stringContaining('"type":"undefined"')]],
  ])('answers a handler that throws %s', (_what, thrown, answer) => {
    const server = serverOf({
      work: () => {
        throw thrown;
      },
    });

    expect(serve(server).answers).toEqual([answer]);
  });

  it('waits for whatever can be waited for', async () => {
    // oxlint-disable-next-line unicorn/no-thenable -- what handlers return may be one
    const thenable = { then: (resolve: (value: unknown) => void) => resolve('from a thenable') };

    const { answers } = serve(serverOf({ work: () => thenable }));
    await turn();

    expect(answers).toEqual([['value', '"from a thenable"']]);
  });

  it('counts the first word of a thenable that cannot make up its mind', async () => {
    const thenable = {
      // oxlint-disable-next-line unicorn/no-thenable -- what handlers return may be one
      then(resolve: (value: unknown) => void, reject: (error: unknown) => void) {
        resolve('first');
        reject(new Error('second'));
        resolve('third');
      },
    };

    const { answers } = serve(serverOf({ work: () => thenable }));
    await turn();

    expect(answers).toEqual([['value', '"first"']]);
  });

  it('answers once though reading `then` throws', async () => {
    const hostile = {
      // oxlint-disable-next-line unicorn/no-thenable -- what handlers return may be one
      get then(): unknown {
        throw new Error('do not look');
      },
    };

    const { answers } = serve(serverOf({ work: () => hostile }));
    await turn();

    expect(answers).toHaveLength(1);
    expect(answers[0]?.[0]).not.toBe('value');
  });

  it('refuses a name without a handler', () => {
    expect(serve(serverOf({}), { name: '__proto__' }).answers).toEqual([
      ['refused', 'NO_HANDLER', undefined],
    ]);
  });

  it('refuses data that cannot be read, without calling the handler', () => {
    const handler = vi.fn<() => void>();

    const { answers } = serve(serverOf({ work: handler }), { body: '{' });

    expect(answers).toEqual([['refused', 'INVALID_PAYLOAD', expect.stringContaining('data cannot be read')]]);
    expect(handler).not.toHaveBeenCalled();
  });

  it('refuses a result that cannot be sent, and says where it is', () => {
    const { answers } = serve(serverOf({ work: () => ({ users: [{ id: 1n }] }) }));

    expect(answers).toEqual([['refused', 'UNSERIALIZABLE', 'result.users[0].id is a bigint']]);
  });

  it('refuses a result over the limit', () => {
    const { answers } = serve(serverOf({ work: () => 'x'.repeat(MAX_PAYLOAD_BYTES) }));

    expect(answers).toEqual([['refused', 'PAYLOAD_TOO_LARGE', expect.stringContaining('1000 bytes')]]);
  });

  it.each<[string, () => unknown]>([
    ['a name', () => ({ ['k'.repeat(100_000)]: 1n })],
    [
      'a message',
      () => ({
        toJSON() {
          throw new Error('x'.repeat(100_000));
        },
      }),
    ],
  ])('shortens a refusal with %s as long as payloads must not be', (_case, work) => {
    const [[is, code, detail] = []] = serve(serverOf({ work })).answers;

    expect([is, code]).toEqual(['refused', 'UNSERIALIZABLE']);
    expect(String(detail).length).toBeLessThan(10_000);
    expect(detail).toMatch(/… \(\d+ characters\)$/);
  });

  it('releases a payload while its handler works', () => {
    const server = serverOf({ work: () => new Promise(() => {}) });

    const { open, request } = serve(server, { body: '"large"' });

    expect([open.size, request.body]).toEqual([1, undefined]);
  });

  it('sends no answer to a call that was cancelled', async () => {
    let finish!: (value: unknown) => void;
    const server = serverOf({ work: () => new Promise((resolve) => (finish = resolve)) });
    const { answers, open } = serve(server);

    open.cancel(1);
    finish('nobody reads this');
    await turn();

    expect(answers).toEqual([]);
  });

  it('gives a handler the id of the caller, the deadline and a signal', () => {
    const contexts: HandlerContext[] = [];
    const server = serverOf({
      work: (_data: unknown, context: HandlerContext) => {
        contexts.push(context);
        return new Promise(() => {});
      },
    });

    const { open } = serve(server);
    const context = contexts[0] as HandlerContext;
    const early = context.signal.aborted;
    open.cancel(1);

    expect(context.sourceCluster).toBe(2);
    expect(context.deadline).toBe(DEADLINE);
    expect([early, context.signal.aborted, context.signal]).toEqual([false, true, context.signal]);
  });

  it('gives a handler that reads the signal late one that is aborted already', () => {
    const contexts: HandlerContext[] = [];
    const server = serverOf({
      work: (_data: unknown, context: HandlerContext) => {
        contexts.push(context);
        return new Promise(() => {});
      },
    });

    serve(server).open.cancel(1);

    expect(contexts[0]?.signal.aborted).toBe(true);
  });

  it('refuses a second handler of one name, and keeps the first', () => {
    const server = serverOf({ work: () => 'first' });

    expect(() => server.add('work', () => 'second', codecs)).toThrow(
      expect.objectContaining({ code: 'HANDLER_EXISTS', handler: 'work' }),
    );
    expect(serve(server).answers).toEqual([['value', '"first"']]);
  });

  it('accepts a name again once its handler was removed', () => {
    const server = serverOf({ work: () => 'first' });

    const removed = [server.remove('work'), server.remove('work'), server.has('work')];
    server.add('work', () => 'second', codecs);

    expect(removed).toEqual([true, false, false]);
    expect(server.names()).toEqual(['work']);
  });

  it('finishes a call whose handler was removed meanwhile', async () => {
    const server = serverOf({ work: () => Promise.resolve('done') });
    const { answers } = serve(server);

    server.remove('work');
    await turn();

    expect(answers).toEqual([['value', '"done"']]);
  });

  it.each([undefined, null, 5, {}])('refuses %j for a handler', (handler) => {
    expect(() => new Server(1).add('work', handler as HandlerCallback, codecs)).toThrow(TypeError);
  });

  it.each([undefined, null, 5, Symbol('s')])('refuses %s for a name', (name) => {
    expect(() => new Server(1).add(name as unknown as string, () => 1, codecs)).toThrow('must be a string');
  });
});

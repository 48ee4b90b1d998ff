import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { fatalSentence, watchLogin } from '../../../src/discord/fatal-login.js';

class Client extends EventEmitter {
  readonly #end: unknown;

  constructor(end?: unknown) {
    super();
    this.#end = end;
  }

  async login(token: string): Promise<string> {
    if (this.#end !== undefined) throw this.#end as Error;
    return token;
  }
}

/** Watches a client; gives what is told. */
function watch<C extends EventEmitter>(client: C): { readonly client: C; readonly told: unknown[] } {
  const told: unknown[] = [];
  watchLogin(client, (...what) => told.push(what));
  return { client, told };
}

describe('watchLogin', () => {
  it('tells of a token that is refused, and lets login() reject as it would', async () => {
    const error = Object.assign(new Error('An invalid token was provided.'), { code: 'TokenInvalid' });
    const { client, told } = watch(new Client(error));

    await expect(client.login('wrong')).rejects.toBe(error);

    expect(told).toEqual([['TokenInvalid', undefined]]);
  });

  it.each([4004, 4010, 4011, 4012, 4013, 4014])('tells of close code %i, once, and has a fix', (code) => {
    const { client, told } = watch(new Client());

    client.emit('shardDisconnect', { code }, 3);
    client.emit('shardDisconnect', { code }, 4);

    expect(told).toEqual([[code, 3]]);
    expect(fatalSentence(code)).toMatch(/; .+\.$/);
  });

  it.each([1000, 1006, 4000, 4009])(
    'is silent about close code %i, from which a client comes back',
    (code) => {
      const { client, told } = watch(new Client());

      client.emit('shardDisconnect', { code }, 0);

      expect(told).toEqual([]);
    },
  );

  it('is silent about a login that fails for another reason, or succeeds', async () => {
    const failing = watch(new Client(new Error('no network')));
    const fine = watch(new Client());

    await expect(failing.client.login('token')).rejects.toThrow('no network');
    await expect(fine.client.login('token')).resolves.toBe('token');

    expect([failing.told, fine.told]).toEqual([[], []]);
  });

  it('leaves a stub alone', () => {
    const { client } = watch(new EventEmitter());

    expect(client.eventNames()).toEqual([]);
  });
});

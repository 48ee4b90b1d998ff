import { describe, expect, it } from 'vitest';
import { resolveGuild } from '../../../src/testing/local-discord/world/guild-spec.js';
import { CommandStore } from '../../../src/testing/local-discord/world/command-store.js';
import {
  type CommandCall,
  commandInteraction,
} from '../../../src/testing/local-discord/world/interaction-payload.js';
import { SnowflakeSource } from '../../../src/testing/local-discord/snowflake.js';
import { makePerson } from '../../../src/testing/local-discord/world/users.js';
import { readCommand, readCommands } from '../../../src/testing/local-discord/rest/command-body.js';

const newStore = () => new CommandStore('9', new SnowflakeSource());

describe('CommandStore', () => {
  it('keeps the id of a command that keeps its name', () => {
    const store = newStore();

    const [before] = store.replaceAll(readCommands([{ name: 'ping' }, { name: 'old' }]));
    const [after] = store.replaceAll(readCommands([{ name: 'ping', description: 'new' }]));

    expect(after?.id).toBe(before?.id);
    expect(store.list()).toHaveLength(1);
  });

  it('prefers the command of the guild over the global one', () => {
    const store = newStore();

    store.upsert(readCommand({ name: 'ping' }));
    const own = store.upsert(readCommand({ name: 'ping' }), '7');

    expect(store.named('ping', '7')?.id).toBe(own.id);
    expect(store.named('ping', '8')?.id).not.toBe(own.id);
  });

  it('does not take a context menu for a slash command', () => {
    const store = newStore();

    store.upsert(readCommand({ name: 'ping', type: 2 }));

    expect(store.named('ping', '7')).toBeUndefined();
  });

  it.each([{}, { name: '' }, { name: 5 }, { name: 'x'.repeat(33) }, null, 'ping'])(
    'refuses %j as a command',
    (body) => {
      expect(() => readCommand(body)).toThrow(expect.objectContaining({ status: 400 }));
    },
  );
});

describe('commandInteraction', () => {
  const [channel] = resolveGuild({ id: '7' }, 'guild').channels;

  function optionsFor(call: CommandCall, registered?: object): unknown {
    if (channel === undefined) throw new Error('the guild has a channel');
    const facts = { id: '1', token: 't', applicationId: '9', user: makePerson(), channel };
    const command = registered === undefined ? undefined : newStore().upsert(readCommand(registered));
    return commandInteraction(call, { ...facts, registered: command }).data['options'];
  }

  it('guesses the types of options that nobody declared', () => {
    expect(optionsFor({ name: 'x', options: { a: 'tea', b: 2, c: 2.5, d: true } })).toEqual([
      { name: 'a', type: 3, value: 'tea' },
      { name: 'b', type: 4, value: 2 },
      { name: 'c', type: 10, value: 2.5 },
      { name: 'd', type: 5, value: true },
    ]);
  });

  it('goes by the types that were declared', () => {
    const registered = { name: 'x', options: [{ name: 'amount', type: 10 }] };

    expect(optionsFor({ name: 'x', options: { amount: 2 } }, registered)).toEqual([
      { name: 'amount', type: 10, value: 2 },
    ]);
  });

  it('wraps options into their subcommand and group, and finds their types there', () => {
    const sub = { name: 'add', type: 1, options: [{ name: 'amount', type: 10 }] };
    const registered = { name: 'x', options: [{ name: 'tea', type: 2, options: [sub] }] };

    expect(
      optionsFor({ name: 'x', group: 'tea', subcommand: 'add', options: { amount: 2 } }, registered),
    ).toEqual([
      {
        name: 'tea',
        type: 2,
        options: [{ name: 'add', type: 1, options: [{ name: 'amount', type: 10, value: 2 }] }],
      },
    ]);
  });
});

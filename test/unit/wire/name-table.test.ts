import { describe, expect, it } from 'vitest';
import { NameTable } from '../../../src/wire/name-table.js';

describe('NameTable', () => {
  it.each(['', '__proto__', 'constructor', 'guilds.getGuildData'])('learns %j both ways', (name) => {
    const table = new NameTable();

    table.learn([7, name]);

    expect([table.idOf(name), table.nameOf(7), table.size]).toEqual([7, name, 1]);
  });

  it('knows nothing that it has not learnt', () => {
    const table = new NameTable();

    expect([table.idOf('toString'), table.nameOf(0)]).toEqual([undefined, undefined]);
  });

  it('has a separate id for the rows of each contract of a name', () => {
    const table = new NameTable();

    table.learn([1, 'a']);
    table.learn([2, 'a', 'f00d']);

    expect([table.idOf('a'), table.idOf('a', 'f00d'), table.idOf('a', 'beef')]).toEqual([1, 2, undefined]);
    expect([1, 2].map((id) => [table.nameOf(id), table.fingerprintOf(id)])).toEqual([
      ['a', undefined],
      ['a', 'f00d'],
    ]);
  });

  it('lists its entries', () => {
    const table = new NameTable();

    table.learn([1, 'a']);
    table.learn([2, 'b', 'f00d']);

    expect([...table.entries()]).toEqual([
      [1, 'a'],
      [2, 'b', 'f00d'],
    ]);
  });
});

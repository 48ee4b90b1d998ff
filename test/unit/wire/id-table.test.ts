import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdTable } from '../../../src/wire/id-table.js';

function open(table: IdTable<{ id: number }>): number {
  const id = table.freeId();
  table.add({ id });
  return id;
}

describe('IdTable', () => {
  it('returns ids that count upwards and are never 0, also when 32 bits wrap around', () => {
    const table = new IdTable<{ id: number }>(0xffff_fffd);

    const ids = Array.from({ length: 4 }, () => open(table));

    expect(ids).toEqual([0xffff_fffe, 0xffff_ffff, 1, 2]);
    expect(ids.map((id) => table.get(id)?.id)).toEqual(ids);
  });

  it('skips an id that is still open after a wrap-around', () => {
    const table = new IdTable<{ id: number }>();
    const old = open(table);
    const later = new IdTable<{ id: number }>(0xffff_ffff);
    later.add({ id: old });

    expect(open(later)).toBe(old + 1);
  });

  it('finds nothing under an id that shares its slot with another entry', () => {
    const table = new IdTable<{ id: number }>();
    const id = open(table);

    expect([table.get(id + 64), table.delete(id + 64), table.size]).toEqual([undefined, false, 1]);
  });

  it('behaves as a map, whatever is added and deleted in whatever order', () => {
    const step = fc.oneof(fc.constant('open' as const), fc.nat({ max: 400 }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 600 }), (steps) => {
        const table = new IdTable<{ id: number }>();
        const model = new Map<number, { id: number }>();
        const given: number[] = [];
        for (const what of steps) {
          if (what === 'open') {
            const entry = { id: table.freeId() };
            expect(given).not.toContain(entry.id);
            given.push(entry.id);
            table.add(entry);
            model.set(entry.id, entry);
          } else {
            const id = given[what] ?? what;
            expect(table.delete(id)).toBe(model.delete(id));
          }
        }

        for (const id of given) expect(table.get(id)).toBe(model.get(id));
        expect(table.size).toBe(model.size);
        expect(new Set(table.entries())).toEqual(new Set(model.values()));
      }),
    );
  });
});

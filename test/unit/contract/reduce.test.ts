import { describe, expect, it } from 'vitest';
import { reduceValues } from '../../../src/contract/reduce.js';
import type { ReduceSpec } from '../../../src/contract/spec.js';

const small = { size: 1 };
const large = { size: 9 };

describe('the results of all clusters', () => {
  it.each<[ReduceSpec, readonly unknown[], unknown]>([
    [{ by: 'sum' }, [3, 4, 5], 12],
    [{ by: 'min' }, [3, -4, 5], -4],
    [{ by: 'max' }, [3, -4, 5], 5],
    [{ by: 'avg' }, [3, 4, 5], 4],
    [{ by: 'every' }, [true, true], true],
    [{ by: 'every' }, [true, false], false],
    [{ by: 'some' }, [false, true], true],
    [{ by: 'some' }, [false, false], false],
    [{ by: 'concat' }, [['a'], [], ['b', 'c']], ['a', 'b', 'c']],
    [{ by: 'firstNonNull' }, [null, 0, 1], 0],
    [{ by: 'firstNonNull' }, [null, null], null],
    [{ by: 'maxBy', key: 'size' }, [small, null, large], large],
    [{ by: 'minBy', key: 'size' }, [large, small, null], small],
    [{ by: 'maxBy', key: 'size' }, [null], null],
  ])('are made one: %j of %j', (spec, values, reduced) => {
    expect(reduceValues(spec, values)).toEqual(reduced);
  });
});

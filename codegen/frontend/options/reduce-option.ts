/**
 * Reduce option: reads how the results of all clusters are combined into one.
 *
 * Whether the handler's result can be reduced this way is checked in `option-fit.ts`.
 */
import type { ts } from 'ts-morph';
import type { Reduce } from '../../model/model.js';
import { REDUCTIONS, REDUCTIONS_BY_KEY } from '../../model/option-table.js';
import { compiler } from '../program/compiler.js';
import { textOf, unwrap } from './option-literals.js';
import type { OptionReader } from './option-reader.js';

const REDUCTION_LIST = `${REDUCTIONS.map((name) => `'${name}'`).join(', ')}, { maxBy: <member> } and { minBy: <member> }`;

export function readReduce(value: ts.Expression, path: string, reader: OptionReader): Reduce | undefined {
  const by = textOf(value);
  if (by !== undefined) return readPlainReduce(by, value, path, reader);
  if (compiler.isObjectLiteralExpression(unwrap(value))) return readReduceByKey(value, path, reader);
  return reader.notWrittenOut(value, path, `one of ${REDUCTION_LIST}`);
}

function readPlainReduce(by: string, node: ts.Node, path: string, reader: OptionReader): Reduce | undefined {
  const known = REDUCTIONS.find((name) => name === by);
  return known === undefined ? unknownReduction(node, path, JSON.stringify(by), reader) : { by: known };
}

function readReduceByKey(value: ts.Expression, path: string, reader: OptionReader): Reduce | undefined {
  const [entry, second] = reader.entries(value, path);
  const by = REDUCTIONS_BY_KEY.find((name) => name === entry?.key);
  if (entry === undefined || second !== undefined || by === undefined) {
    return unknownReduction(second?.name ?? entry?.name ?? value, path, value.getText(), reader);
  }
  const key = textOf(entry.value);
  if (key === undefined)
    return reader.notWrittenOut(entry.value, `${path}.${by}`, 'the name of a member of the result');
  return { by, key };
}

function unknownReduction(node: ts.Node, path: string, what: string, reader: OptionReader): undefined {
  const hint = `available reductions: ${REDUCTION_LIST}`;
  return reader.refuse(node, { code: 'SW3004', message: `${path}: unknown reduction ${what}`, hint });
}

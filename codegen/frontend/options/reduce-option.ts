/**
 * Reduce option: how the results of all clusters become one, as it is written.
 *
 * Whether the handler's result can be reduced so is not known here (`option-fit.ts`).
 */
import type { ts } from 'ts-morph';
import type { Reduce } from '../../model/model.js';
import { REDUCTIONS, REDUCTIONS_BY_KEY } from '../../model/option-table.js';
import { compiler } from '../program/compiler.js';
import { textOf, unwrap } from './option-literals.js';
import type { OptionText } from './option-text.js';

const REDUCTION_LIST = `${REDUCTIONS.map((name) => `'${name}'`).join(', ')}, { maxBy: <member> } and { minBy: <member> }`;

export function readReduce(value: ts.Expression, path: string, text: OptionText): Reduce | undefined {
  const by = textOf(value);
  if (by !== undefined) return readPlainReduce(by, value, path, text);
  if (compiler.isObjectLiteralExpression(unwrap(value))) return readReduceByKey(value, path, text);
  return text.notWrittenOut(value, path, `one of ${REDUCTION_LIST}`);
}

function readPlainReduce(by: string, node: ts.Node, path: string, text: OptionText): Reduce | undefined {
  const known = REDUCTIONS.find((name) => name === by);
  return known === undefined ? unknownReduction(node, path, JSON.stringify(by), text) : { by: known };
}

function readReduceByKey(value: ts.Expression, path: string, text: OptionText): Reduce | undefined {
  const [entry, second] = text.entries(value, path);
  const by = REDUCTIONS_BY_KEY.find((name) => name === entry?.key);
  if (entry === undefined || second !== undefined || by === undefined) {
    return unknownReduction(second?.name ?? entry?.name ?? value, path, value.getText(), text);
  }
  const key = textOf(entry.value);
  if (key === undefined)
    return text.notWrittenOut(entry.value, `${path}.${by}`, 'the name of a member of the result');
  return { by, key };
}

function unknownReduction(node: ts.Node, path: string, what: string, text: OptionText): undefined {
  const hint = `there are ${REDUCTION_LIST}`;
  return text.refuse(node, { code: 'SW3004', message: `${path}: ${what} is not a reduction (yet)`, hint });
}

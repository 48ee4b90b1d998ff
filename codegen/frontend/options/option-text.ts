/**
 * Option text: an options table as it is written, and what is said of what cannot be read.
 *
 * The table is never run. Here are its entries and the values that several options share; it does not know which
 * options there are.
 */
import type { ts } from 'ts-morph';
import { MAX_TIMEOUT_MS } from '../../model/option-table.js';
import { compiler } from '../program/compiler.js';
import { keyOf, numberOf, unwrap } from './option-literals.js';
import type { Reason, Reporter } from '../program/reporter.js';

export interface Entry {
  readonly key: string;
  readonly name: ts.Node;
  readonly value: ts.Expression;
}

export class OptionText {
  readonly #reporter: Reporter;

  constructor(reporter: Reporter) {
    this.#reporter = reporter;
  }

  /** The entries of an object literal; what is not one, or not written out, is reported. */
  entries(expression: ts.Expression, path: string): readonly Entry[] {
    const literal = unwrap(expression);
    if (!compiler.isObjectLiteralExpression(literal)) {
      this.notWrittenOut(expression, path, 'an object');
      return [];
    }
    return literal.properties.flatMap((property): readonly Entry[] => {
      const key = property.name && keyOf(property.name);
      if (compiler.isPropertyAssignment(property) && key !== undefined) {
        return [{ key, name: property.name, value: property.initializer }];
      }
      this.notWrittenOut(property, path, 'plain `key: value` pairs');
      return [];
    });
  }

  /** A number of whole milliseconds. */
  wholeMs(
    value: ts.Expression,
    path: string,
    { from, what }: { readonly from: number; readonly what: string },
  ): number | undefined {
    const ms = numberOf(value);
    if (ms === undefined) return this.notWrittenOut(value, path, 'a number of milliseconds');
    if (Number.isInteger(ms) && ms >= from && ms <= MAX_TIMEOUT_MS) return ms;
    const hint = `give whole milliseconds, ${from} to 2_147_483_647`;
    return this.refuse(value, { code: 'SW3004', message: `${path}: ${ms} is not ${what}`, hint });
  }

  unknownOption({ key, name }: Entry, path: string, owner: string, known: readonly string[]): void {
    const message = `${path}: \`${key}\` is not an option (yet) of ${owner}`;
    this.refuse(name, { code: 'SW3001', message, hint: `the options are ${known.join(', ')}` });
  }

  notWrittenOut(node: ts.Node, path: string, what: string): undefined {
    const message = `${path}: options are read, not run, so this must be written out`;
    return this.refuse(node, { code: 'SW3002', message, hint: `write ${what} here` });
  }

  refuse(node: ts.Node, reason: Reason): undefined {
    this.#reporter.at(node, reason);
  }
}

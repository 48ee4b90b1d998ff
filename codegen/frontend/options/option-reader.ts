/**
 * Option reader: reads entries and common values of an options table, and reports what it cannot read.
 *
 * The table is never run. Which options exist is not known here (`options-walk.ts`).
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

export class OptionReader {
  readonly #reporter: Reporter;

  constructor(reporter: Reporter) {
    this.#reporter = reporter;
  }

  /** Returns the entries of an object literal; anything else, and entries that are not literal, are reported. */
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

  /** Returns a whole number of milliseconds; any other value is reported. */
  wholeMs(
    value: ts.Expression,
    path: string,
    { from, what }: { readonly from: number; readonly what: string },
  ): number | undefined {
    const ms = numberOf(value);
    if (ms === undefined) return this.notWrittenOut(value, path, 'a number of milliseconds');
    if (Number.isInteger(ms) && ms >= from && ms <= MAX_TIMEOUT_MS) return ms;
    const hint = `use a whole number of milliseconds from ${from} to 2_147_483_647`;
    return this.refuse(value, { code: 'SW3004', message: `${path}: ${ms} is not a valid ${what}`, hint });
  }

  unknownOption({ key, name }: Entry, path: string, owner: string, known: readonly string[]): void {
    const message = `${path}: unknown ${owner} option \`${key}\``;
    this.refuse(name, { code: 'SW3001', message, hint: `available options: ${known.join(', ')}` });
  }

  notWrittenOut(node: ts.Node, path: string, what: string): undefined {
    const message = `${path}: options are read from the source and never run, so this must be a literal`;
    return this.refuse(node, { code: 'SW3002', message, hint: `write ${what} here` });
  }

  refuse(node: ts.Node, reason: Reason): undefined {
    this.#reporter.report(node, reason);
  }
}

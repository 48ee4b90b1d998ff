/**
 * Key rules: turns index signatures into the rules of a record.
 *
 * Pure: works on the shapes of keys and values. `TypeStructure` reads the index signatures.
 */
import { FORMATS } from '../../model/formats.js';
import type { KeyRule, Shape } from '../../model/model.js';
import { compare } from '../../model/shapes.js';
import { NUMBER_PATTERN } from './template-literals.js';

/** Returns the rule of an index signature with number keys. */
export function numberRule(keys: string, value: Shape): KeyRule {
  return { keys, pattern: `^(?:${NUMBER_PATTERN})$`, value };
}

/** TypeScript accepts any string as a key of constrained type, so a second rule rejects all other keys; it does check template literals. */
export function rulesOf(keys: string, key: Shape, value: Shape): readonly KeyRule[] {
  const pattern = patternOf(key);
  if (pattern === undefined || pattern === '') return [{ keys, value }];
  const rule: KeyRule = { keys, pattern, value };
  const isTemplate = key.kind === 'text' && key.rules.template !== undefined;
  return isTemplate ? [rule] : [rule, { keys: 'string', value: { kind: 'undefined' } }];
}

function patternOf(key: Shape): string | undefined {
  if (key.kind === 'snowflake') return FORMATS.get('snowflake');
  return key.kind === 'text' ? key.rules.pattern : undefined;
}

/** Sorts the rules of a record: those with a pattern by their keys, then the one for all other keys. */
export function orderedRules(rules: readonly KeyRule[]): readonly KeyRule[] {
  const isOpen = (rule: KeyRule): boolean => rule.pattern === undefined;
  const open = rules.find((rule) => isOpen(rule) && rule.value.kind !== 'undefined') ?? rules.find(isOpen);
  const patterned = rules.filter((rule) => !isOpen(rule)).toSorted((a, b) => compare(a.keys, b.keys));
  return open === undefined ? patterned : [...patterned, open];
}

/**
 * Key rules: what stands under the keys that a type does not name one by one.
 *
 * Pure: from the shapes of keys and values to rules of the model. Of a type's index signatures the walker finds out.
 */
import { FORMATS } from '../../model/formats.js';
import type { KeyRule, Shape } from '../../model/model.js';
import { compare } from '../../model/shapes.js';
import { NUMBER_PATTERN } from './template-literals.js';

/** The rule of an index signature for numbers. */
export function numberRule(keys: string, value: Shape): KeyRule {
  return { keys, pattern: `^(?:${NUMBER_PATTERN})$`, value };
}

/** Keys of a constrained primitive compile whatever they hold, so others are refused; those of a template do not. */
export function rulesOf(keys: string, key: Shape, value: Shape): readonly KeyRule[] {
  const pattern = patternOf(key);
  if (pattern === undefined || pattern === '') return [{ keys, value }];
  const rule: KeyRule = { keys, pattern, value };
  const isTemplate = key.kind === 'text' && key.rules.template !== undefined;
  return isTemplate ? [rule] : [rule, { keys: 'string', value: { kind: 'absent' } }];
}

function patternOf(key: Shape): string | undefined {
  if (key.kind === 'snowflake') return FORMATS.get('snowflake');
  return key.kind === 'text' ? key.rules.pattern : undefined;
}

/** The rules of a record as pages have them: patterns by their keys, and one for all other keys at the end. */
export function inOrder(rules: readonly KeyRule[]): readonly KeyRule[] {
  const isOpen = (rule: KeyRule): boolean => rule.pattern === undefined;
  const open = rules.find((rule) => isOpen(rule) && rule.value.kind !== 'absent') ?? rules.find(isOpen);
  const patterned = rules.filter((rule) => !isOpen(rule)).toSorted((a, b) => compare(a.keys, b.keys));
  return open === undefined ? patterned : [...patterned, open];
}

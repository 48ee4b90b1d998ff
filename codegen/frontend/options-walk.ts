/**
 * Options walk: the `options` table of a contract, as it is written.
 *
 * The table is read from the text and never run, so everything in it must be a literal. TypeScript has checked it
 * already where the author wrote `satisfies ContractOptions<...>`; here it is checked again, for those who did not and
 * for what TypeScript cannot see.
 */
import { ts } from 'ts-morph';
import type { EventOptions, HandlerModel, HandlerOptions, Reduce, Shape } from '../model.js';
import { EVENT_OPTIONS, HANDLER_OPTIONS, MAX_TIMEOUT_MS } from '../options.js';
import { alternativesOf, objectsOf, resolve, unionOf } from '../shapes.js';
import type { TypeTable } from '../shapes.js';
import type { Reason, Reporter } from './reporter.js';

type BareHandler = Omit<HandlerModel, 'options'>;

export interface ReadOptions {
  readonly handlers: ReadonlyMap<string, HandlerOptions>;
  readonly events: ReadonlyMap<string, EventOptions>;
}

/** The names that a contract declares, those included whose types were refused. */
export interface DeclaredNames {
  readonly handlers: ReadonlySet<string>;
  readonly events: ReadonlySet<string>;
}

interface Entry {
  readonly key: string;
  readonly name: ts.Node;
  readonly value: ts.Expression;
}

export class OptionsWalk {
  readonly #reporter: Reporter;
  readonly #types: TypeTable;
  readonly #handlers: ReadonlyMap<string, BareHandler>;
  readonly #declared: DeclaredNames;

  constructor(
    reporter: Reporter,
    types: TypeTable,
    handlers: readonly Omit<HandlerModel, 'options'>[],
    declared: DeclaredNames,
  ) {
    this.#reporter = reporter;
    this.#types = types;
    this.#handlers = new Map(handlers.map((handler) => [handler.name, handler]));
    this.#declared = declared;
  }

  read(file: ts.SourceFile): ReadOptions {
    const handlers = new Map<string, HandlerOptions>();
    const events = new Map<string, EventOptions>();
    const table = optionsTable(file);
    for (const entry of table === undefined ? [] : this.#entries(table, 'options')) {
      if (this.#declared.handlers.has(entry.key)) handlers.set(entry.key, this.#handlerOptions(entry));
      else if (this.#declared.events.has(entry.key)) events.set(entry.key, this.#eventOptions(entry));
      else this.#unknownMember(entry);
    }
    return { handlers, events };
  }

  #unknownMember({ key, name }: Entry): void {
    const known = [...this.#declared.handlers, ...this.#declared.events];
    const message = `options.${key}: the contract declares no handler or event of this name`;
    this.#refuse(name, { code: 'SW3003', message, hint: `it declares ${known.join(', ')}` });
  }

  #handlerOptions(owner: Entry): HandlerOptions {
    let options: HandlerOptions = {};
    for (const entry of this.#entries(owner.value, `options.${owner.key}`)) {
      options = { ...options, ...this.#handlerOption(owner.key, entry) };
    }
    return options;
  }

  #handlerOption(handler: string, entry: Entry): HandlerOptions {
    const path = `options.${handler}.${entry.key}`;
    const known = HANDLER_OPTIONS.find((name) => name === entry.key);
    switch (known) {
      case 'timeout':
        return this.#timeout(entry, path);
      case 'target':
        return this.#target(handler, entry, path);
      case 'reduce':
        return this.#reduce(handler, entry, path);
      case undefined:
        this.#unknownOption(entry, path, 'handler', HANDLER_OPTIONS);
        return {};
    }
  }

  #eventOptions(owner: Entry): EventOptions {
    let options: EventOptions = {};
    for (const entry of this.#entries(owner.value, `options.${owner.key}`)) {
      const path = `options.${owner.key}.${entry.key}`;
      if (entry.key === 'timeout') options = { ...options, ...this.#timeout(entry, path) };
      else this.#unknownOption(entry, path, 'event', EVENT_OPTIONS);
    }
    return options;
  }

  #unknownOption({ key, name }: Entry, path: string, owner: string, known: readonly string[]): void {
    const article = owner === 'event' ? 'an' : 'a';
    const message = `${path}: \`${key}\` is not an option (yet) of ${article} ${owner}`;
    const hint =
      known.length === 1 ? `the only option is ${known.join('')}` : `the options are ${known.join(', ')}`;
    this.#refuse(name, { code: 'SW3001', message, hint });
  }

  #timeout({ value }: Entry, path: string): { readonly timeoutMs?: number } {
    const timeoutMs = numberOf(value);
    if (timeoutMs === undefined) {
      this.#notWrittenOut(value, path, 'a number of milliseconds');
      return {};
    }
    if (Number.isInteger(timeoutMs) && timeoutMs >= 1 && timeoutMs <= MAX_TIMEOUT_MS) return { timeoutMs };
    const message = `${path}: ${timeoutMs} is not a time that one can wait`;
    const hint = 'give whole milliseconds, 1 to 2_147_483_647';
    this.#refuse(value, { code: 'SW3004', message, hint });
    return {};
  }

  #target(handler: string, { value }: Entry, path: string): HandlerOptions {
    const [entry, second] = this.#entries(value, path);
    if (second !== undefined || (entry !== undefined && entry.key !== 'guild')) {
      this.#unknownTarget(second ?? entry, path);
      return {};
    }
    if (entry === undefined) return {};
    const targetGuild = textOf(entry.value);
    if (targetGuild === undefined) {
      this.#notWrittenOut(entry.value, `${path}.guild`, 'the name of a member of the data');
      return {};
    }
    this.#checkTarget(handler, targetGuild, entry.value, path);
    return { targetGuild };
  }

  #unknownTarget(entry: Entry | undefined, path: string): void {
    if (entry === undefined) return;
    const message = `${path}.${entry.key}: \`${entry.key}\` is not a target (yet)`;
    this.#refuse(entry.name, {
      code: 'SW3001',
      message,
      hint: 'the only target is { guild: <member of the data> }',
    });
  }

  #checkTarget(handler: string, key: string, node: ts.Node, path: string): void {
    const input = this.#handlers.get(handler)?.input;
    if (input === undefined) return;
    const objects = objectsOf(input, this.#types);
    const isGuildId = objects.every((object) => {
      const member = object.members.find((one) => one.key === key);
      return member?.optional === false && resolve(member.shape, this.#types).kind === 'snowflake';
    });
    if (objects.length > 0 && isGuildId) return;
    const message = `${path}.guild: the data of \`${handler}\` has no required \`Snowflake\` called \`${key}\``;
    const hint = `declare it: ${handler}(data: { ${key}: Snowflake })`;
    this.#refuse(node, { code: 'SW3005', message, hint });
  }

  #reduce(handler: string, { value }: Entry, path: string): HandlerOptions {
    const by = textOf(value);
    if (by === undefined && !ts.isObjectLiteralExpression(unwrap(value))) {
      this.#notWrittenOut(value, path, "'sum', 'min', 'max', { maxBy: ... } or { minBy: ... }");
      return {};
    }
    const reduce = by === undefined ? this.#reduceByKey(value, path) : this.#reduceNumbers(by, value, path);
    if (reduce !== undefined) this.#checkReduce(handler, reduce, value, path);
    return reduce === undefined ? {} : { reduce };
  }

  #reduceNumbers(by: string, node: ts.Node, path: string): Reduce | undefined {
    if (by === 'sum' || by === 'min' || by === 'max') return { by };
    this.#unknownReduction(node, path, JSON.stringify(by));
    return undefined;
  }

  #reduceByKey(value: ts.Expression, path: string): Reduce | undefined {
    const [entry, second] = this.#entries(value, path);
    const by = entry?.key;
    if (entry === undefined || second !== undefined || (by !== 'maxBy' && by !== 'minBy')) {
      this.#unknownReduction(second?.name ?? entry?.name ?? value, path, value.getText());
      return undefined;
    }
    const key = textOf(entry.value);
    if (key === undefined)
      this.#notWrittenOut(entry.value, `${path}.${by}`, 'the name of a member of the result');
    return key === undefined ? undefined : { by, key };
  }

  #unknownReduction(node: ts.Node, path: string, text: string): void {
    const hint = "there are 'sum', 'min', 'max', { maxBy: <member> } and { minBy: <member> }";
    this.#refuse(node, { code: 'SW3004', message: `${path}: ${text} is not a reduction (yet)`, hint });
  }

  #checkReduce(handler: string, reduce: Reduce, node: ts.Node, path: string): void {
    const output = this.#handlers.get(handler)?.output;
    if (output === undefined) return;
    const isNumber = (shape: Shape): boolean =>
      alternativesOf(shape, this.#types).every((one) => this.#isNumeric(one));
    if (!('key' in reduce)) {
      if (isNumber(output)) return;
      const message = `${path}: '${reduce.by}' needs numbers, and the result of \`${handler}\` is something else`;
      this.#refuse(node, {
        code: 'SW3006',
        message,
        hint: 'for objects there are { maxBy: ... } and { minBy: ... }',
      });
      return;
    }
    const { by, key } = reduce;
    const objects = objectsOf(withoutNull(output, this.#types), this.#types);
    const members = objects.map((object) => object.members.find((member) => member.key === key));
    const isComparable = members.every((member) => member?.optional === false && isNumber(member.shape));
    if (objects.length > 0 && isComparable) return;
    const message = `${path}.${by}: the result of \`${handler}\` has no required number called \`${key}\``;
    this.#refuse(node, {
      code: 'SW3006',
      message,
      hint: 'the result is an object with that number, or null',
    });
  }

  #isNumeric(shape: Shape): boolean {
    const resolved = resolve(shape, this.#types);
    if (resolved.kind === 'literal') return typeof resolved.value === 'number';
    return resolved.kind === 'number' || resolved.kind === 'int' || resolved.kind === 'uint';
  }

  /** The entries of an object literal; what is not one, or not written out, is reported. */
  #entries(expression: ts.Expression, path: string): readonly Entry[] {
    const literal = unwrap(expression);
    if (!ts.isObjectLiteralExpression(literal)) {
      this.#notWrittenOut(expression, path, 'an object');
      return [];
    }
    return literal.properties.flatMap((property): readonly Entry[] => {
      const key = property.name && keyOf(property.name);
      if (ts.isPropertyAssignment(property) && key !== undefined) {
        return [{ key, name: property.name, value: property.initializer }];
      }
      this.#notWrittenOut(property, path, 'plain `key: value` pairs');
      return [];
    });
  }

  #notWrittenOut(node: ts.Node, path: string, what: string): void {
    const message = `${path}: options are read, not run, so this must be written out`;
    this.#refuse(node, { code: 'SW3002', message, hint: `write ${what} here` });
  }

  #refuse(node: ts.Node, reason: Reason): void {
    this.#reporter.at(node, reason);
  }
}

function withoutNull(shape: Shape, types: TypeTable): Shape {
  return unionOf(alternativesOf(shape, types).filter((one) => resolve(one, types).kind !== 'null'));
}

/** The initialiser of `export const options`. */
function optionsTable(file: ts.SourceFile): ts.Expression | undefined {
  return file.statements
    .filter((statement) => ts.isVariableStatement(statement) && isExported(statement))
    .flatMap((statement) => (statement as ts.VariableStatement).declarationList.declarations)
    .find(({ name }) => ts.isIdentifier(name) && name.text === 'options')?.initializer;
}

function isExported(statement: ts.VariableStatement): boolean {
  return statement.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword) === true;
}

/** Without `as const`, `satisfies ...` and parentheses. */
function unwrap(expression: ts.Expression): ts.Expression {
  const isWrapped =
    ts.isSatisfiesExpression(expression) ||
    ts.isAsExpression(expression) ||
    ts.isParenthesizedExpression(expression);
  return isWrapped ? unwrap(expression.expression) : expression;
}

function keyOf(name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : undefined;
}

function textOf(expression: ts.Expression): string | undefined {
  const literal = unwrap(expression);
  return ts.isStringLiteral(literal) || ts.isNoSubstitutionTemplateLiteral(literal)
    ? literal.text
    : undefined;
}

function numberOf(expression: ts.Expression): number | undefined {
  const literal = unwrap(expression);
  if (ts.isNumericLiteral(literal)) return Number(literal.text);
  const isNegative = ts.isPrefixUnaryExpression(literal) && literal.operator === ts.SyntaxKind.MinusToken;
  return isNegative && ts.isNumericLiteral(literal.operand) ? -Number(literal.operand.text) : undefined;
}

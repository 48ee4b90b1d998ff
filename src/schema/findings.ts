/**
 * Findings: the problems that `explain` finds while it walks a value.
 *
 * Findings keep the first problems and count the rest, so that messages stay readable and every walk ends. They know
 * nothing about shapes.
 */
import { showValue } from './show-value.js';

export type Problem =
  | { readonly kind: 'mismatch'; readonly path: string; readonly expected: string; readonly got: string }
  /** Past the bound: this many more were seen. */
  | { readonly kind: 'more'; readonly count: number };

/** The position of the walk: its path in messages, and the levels of nesting above. */
export interface Place {
  readonly path: string;
  readonly depth: number;
}

/** The place of a named member. */
export function memberAt(place: Place, key: string): Place {
  return { path: joinPath(place.path, key), depth: place.depth };
}

/** The place of an item, by its position or by whatever tells it from the others. */
export function itemAt(place: Place, which: number | string): Place {
  return { path: `${place.path}[${which}]`, depth: place.depth };
}

function joinPath(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** The remaining visits for trying union members, shared by all nested trials. */
interface Trials {
  left: number;
}

/** The problems found so far, and whether the walk should go on. */
export class Findings {
  readonly #limit: number;
  readonly #kept: Problem[] = [];
  readonly #trials: Trials;
  readonly #isTrial: boolean;
  #more = 0;
  #visitsLeft: number;

  constructor(limit: number, counted: number, trials: Trials, isTrial = false) {
    this.#limit = limit;
    this.#visitsLeft = counted;
    this.#trials = trials;
    this.#isTrial = isTrial;
  }

  /** Returns empty findings for trying one member of a union. */
  trial(): Findings {
    return new Findings(this.#limit, 0, this.#trials, true);
  }

  /** Whether the visits for trials are used up, so that the last trials are incomplete. */
  get isTired(): boolean {
    return this.#trials.left <= 0;
  }

  get isEmpty(): boolean {
    return this.#kept.length === 0;
  }

  add(place: Place, expected: string, value: unknown): void {
    this.addText(place, expected, showValue(value));
  }

  addText(place: Place, expected: string, got: string): void {
    if (this.#kept.length < this.#limit)
      this.#kept.push({ kind: 'mismatch', path: place.path, expected, got });
    else this.#more++;
  }

  take(problems: readonly Problem[]): void {
    for (const problem of problems) {
      if (problem.kind === 'more') this.#more += problem.count;
      else this.#keep(problem);
    }
  }

  #keep(problem: Problem): void {
    if (this.#kept.length < this.#limit) this.#kept.push(problem);
    else this.#more++;
  }

  /** Whether the walk should stop. Counts one visit. */
  get full(): boolean {
    if (this.#isTrial && this.#trials.left-- <= 0) return true;
    return this.#kept.length >= this.#limit && this.#visitsLeft-- <= 0;
  }

  all(): Problem[] {
    return this.#more === 0 ? this.#kept : [...this.#kept, { kind: 'more', count: this.#more }];
  }
}

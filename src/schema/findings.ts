/**
 * Findings: what does not fit, and where, while a value is being explained.
 *
 * Keeps the first problems and counts the rest, so that a message stays readable and a walk ends. It knows nothing
 * about shapes.
 */
import { showValue } from './show-value.js';

export type Problem =
  | { readonly kind: 'mismatch'; readonly path: string; readonly expected: string; readonly got: string }
  /** Past the bound: this many more were seen. */
  | { readonly kind: 'more'; readonly count: number };

/** Where the walk is: what messages call it, and how many levels of nesting lie above it. */
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

/** The values that may still be looked at to find out what was meant: one number for all tries within each other. */
interface Trials {
  left: number;
}

/** The problems found so far, and whether it is worth going on. */
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

  /** The problems there would be if something was meant that may not have been. */
  trial(): Findings {
    return new Findings(this.#limit, 0, this.#trials, true);
  }

  /** So much was tried that nothing more is, and what the last trials found is not all. */
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

  /** Whether there is nothing left to learn. */
  get full(): boolean {
    if (this.#isTrial && this.#trials.left-- <= 0) return true;
    return this.#kept.length >= this.#limit && this.#visitsLeft-- <= 0;
  }

  all(): Problem[] {
    return this.#more === 0 ? this.#kept : [...this.#kept, { kind: 'more', count: this.#more }];
  }
}

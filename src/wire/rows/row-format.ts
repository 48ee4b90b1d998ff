/**
 * Row format: how a row lies in a body.
 *
 * ```text
 * row   u8 number of values; 255: a u32 with the number follows
 *       runs of 64 values each; the last has what is left
 * run   u16 length of the run's texts together, in UTF-16 code units; highest bit: they are UTF-16, else ASCII
 *       these texts, one behind the other
 *       the values: a mark each, and what the mark says
 * ```
 *
 * The short texts of a run stand together because a call into native code costs more than the few characters it
 * makes a string of: one call reads them all, and each is cut from that. A string that was cut keeps what it was cut
 * from in memory, so runs are short and long texts stand alone: nobody who keeps a name keeps a whole answer.
 */

/** Values of a run. */
export const RUN_VALUES = 64;
/** The longest text that stands among others, in code units. All of a run fit into 15 bits. */
export const SHARED_TEXT_LENGTH = 255;
/** Marks that the texts of a run are UTF-16. */
export const WIDE_TEXTS = 0x8000;
/** Instead of a number of values: it does not fit into a byte. */
export const MANY_VALUES = 255;

/** What a value is. From 64 on, the mark says all of it. */
export const Mark = {
  null: 0,
  true: 1,
  false: 2,
  /** An i32 follows. */
  int: 3,
  /** A double follows, in the machine's byte order: both ends are on one machine. */
  double: 4,
  /** A u32 number of bytes and UTF-8 follow. */
  longText: 5,
  /** The same in UTF-16: a text with half of a surrogate pair, which UTF-8 cannot say. */
  longWideText: 6,
  /** A u32 number of items follows; the next values are the items. */
  array: 7,
  /** The next value is a text: the JSON of this one. */
  json: 8,
  /** A u8 length follows; the text is among the run's. */
  text: 63,
  /** Plus the length of a text, which is among the run's. */
  shortText: 64,
  /** Plus the number, which is from 0 to 127. */
  smallInt: 128,
} as const;

/** Where an array begins among the values of a row; its items follow, and may be arrays in turn. */
export class RowArray {
  readonly length: number;

  constructor(length: number) {
    this.length = length;
  }
}

/** Says that the next value of a row is JSON text of what has names of its own. */
export const ROW_JSON: unique symbol = Symbol('json');

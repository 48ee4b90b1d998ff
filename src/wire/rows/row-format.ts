/**
 * Row format: the bytes of a row in a body.
 *
 * ```text
 * row   u8 number of values; 255: a u32 with the number follows
 *       runs of 64 values each; the last run has the rest
 * run   u16 length of the run's texts together, in UTF-16 code units; highest bit: they are UTF-16, else ASCII
 *       these texts, one behind the other
 *       the values: a mark each, and what the mark announces
 * ```
 *
 * The short texts of a run stand together because a call into native code costs more than the few characters it
 * makes a string of: one call reads them all, and each is cut from that. A string that was cut keeps what it was cut
 * from in memory, so runs are short and long texts stand alone: code that keeps a name does not keep a whole answer.
 */

/** The number of values in a run. */
export const RUN_VALUES = 64;
/** The longest text that shares a string with others, in code units. The sum of a run fits into 15 bits. */
export const SHARED_TEXT_LENGTH = 255;
/** Marks that the texts of a run are UTF-16. */
export const WIDE_TEXTS = 0x8000;
/** In place of a number of values that does not fit into a byte. */
export const MANY_VALUES = 255;

/** The type of a value. From 64 on, the mark includes the length of the text or the number itself. */
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
  /** The same in UTF-16: a text with half of a surrogate pair, which UTF-8 cannot express. */
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

/** Marks the beginning of an array among the values of a row; its items follow, and may be arrays in turn. */
export class RowArray {
  readonly length: number;

  constructor(length: number) {
    this.length = length;
  }
}

/** Marks the next value of a row as the JSON text of a value that is not a row itself. */
export const ROW_JSON: unique symbol = Symbol('json');

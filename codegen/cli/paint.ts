/**
 * Paint for a terminal: coloured or plain.
 */
import { COLOURED, PLAIN } from '../diagnostics/format-diagnostic.js';
import type { Paint } from '../diagnostics/format-diagnostic.js';

export function paintFor(hasColours: boolean | undefined): Paint {
  return hasColours === true ? COLOURED : PLAIN;
}

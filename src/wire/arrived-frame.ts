/**
 * Arrived frame: one frame as a frame reader delivers it.
 *
 * A reader delivers all its frames in one object, which it fills anew for each, since an object per frame would
 * cost the router garbage for every call. So a frame is valid only during its delivery: `copy` what outlives it.
 */
import { Codec, CODEC_MASK, copyHeader, emptyHeader, INLINE_NAME, Kind } from './frame.js';
import type { FrameHeader } from './frame.js';
import type { ReadableBody } from './body.js';
import type { NameTable } from './name-table.js';
import { RowReader } from './rows/row-reader.js';

const NO_BYTES: Buffer = Buffer.alloc(0);
const NAME_LENGTH_BYTES = 2;

export class ArrivedFrame {
  readonly header: Readonly<FrameHeader>;
  /** What the frame carries behind its header, an inline name included, is `bytes[start, end)`. */
  bytes: Buffer;
  start: number;
  end: number;

  constructor(
    header: Readonly<FrameHeader> = emptyHeader(Kind.hello),
    bytes = NO_BYTES,
    start = 0,
    end = bytes.length,
  ) {
    this.header = header;
    this.bytes = bytes;
    this.start = start;
    this.end = end;
  }

  /** Where the body begins: behind an inline name. `undefined`: the frame is too short for its name. */
  get bodyStart(): number | undefined {
    const { bytes, start, end } = this;
    if ((this.header.flags & INLINE_NAME) === 0) return start;
    if (end - start < NAME_LENGTH_BYTES) return undefined;
    const at = start + NAME_LENGTH_BYTES + bytes.readUInt16LE(start);
    return at <= end ? at : undefined;
  }

  /** The name in front of the body. Only for a frame that has one and a `bodyStart`. */
  get inlineName(): string {
    const from = this.start + NAME_LENGTH_BYTES;
    return this.bytes.toString('utf8', from, from + this.bytes.readUInt16LE(this.start));
  }

  /** The handler or event that the frame names. `undefined`: an unknown name id, or a frame too short for its name. */
  nameIn(names: NameTable, bodyStart = this.bodyStart): string | undefined {
    if (bodyStart === undefined) return undefined;
    return bodyStart === this.start ? names.nameOf(this.header.name) : this.inlineName;
  }

  /**
   * Reads the body, which begins at `from`. Bytes are copied, since what they arrived in is overwritten; a row is not
   * read yet, and must be before the frame's delivery ends.
   */
  readBody(from = this.start): ReadableBody {
    switch (this.header.flags & CODEC_MASK) {
      case Codec.none:
        return undefined;
      case Codec.row:
        return new RowReader(this.bytes, from, this.end);
      case Codec.v8:
        return Buffer.from(this.bytes.subarray(from, this.end));
      default:
        return this.bytes.toString('utf8', from, this.end);
    }
  }

  /** The text of the body, which begins at `from`. `undefined`: there is no body. */
  bodyText(from = this.start): string | undefined {
    const hasBody = (this.header.flags & CODEC_MASK) !== Codec.none;
    return hasBody ? this.bytes.toString('utf8', from, this.end) : undefined;
  }

  /** The same frame in memory of its own, good for longer than the delivery. */
  copy(): ArrivedFrame {
    const header = copyHeader(this.header, emptyHeader(this.header.kind));
    return new ArrivedFrame(header, Buffer.from(this.bytes.subarray(this.start, this.end)));
  }

  /** Lets go of the bytes: a link that is idle must not keep the last large frame in memory. */
  release(): void {
    this.bytes = NO_BYTES;
    this.start = 0;
    this.end = 0;
  }
}

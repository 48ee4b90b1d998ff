/**
 * Write now: hands bytes to the operating system within the call.
 *
 * A stream does so, too, when nothing waits, but tells of it two ticks later, by way of several objects: on an idle
 * machine, where all of that runs cold, a fifth of the time of a call went there. Node has no public word for the
 * descriptor behind a pipe of a child process, so where there is none (Windows, another runtime) the stream does it.
 */
import type { Duplex } from 'node:stream';

// Not imported: Node would make an export of each of a hundred functions, in every cluster, for this one.
const { writeSync } = process.getBuiltinModule('node:fs');

/** Writes what fits and returns how many bytes that was, at once. */
export type WriteNow = (bytes: Buffer) => number;

/** For a stream in which nothing waits: what has to come behind its bytes must be written by it. */
export function writeNowTo(stream: Duplex): WriteNow {
  return (bytes) => {
    // Asked each time: a stream that was destroyed has none, and the number may be another file's by now.
    const descriptor = descriptorOf(stream);
    return descriptor === undefined ? 0 : writeWhatFits(descriptor, bytes);
  };
}

function descriptorOf(stream: Duplex): number | undefined {
  const { _handle: handle } = stream as { readonly _handle?: { readonly fd?: unknown } | null };
  const fd = handle?.fd;
  return typeof fd === 'number' && fd >= 0 ? fd : undefined;
}

function writeWhatFits(descriptor: number, bytes: Buffer): number {
  try {
    return writeSync(descriptor, bytes);
  } catch (error) {
    // Full: the stream knows how to wait. Anything else means that nobody is there to read, which reading will tell.
    return (error as NodeJS.ErrnoException).code === 'EAGAIN' ? 0 : bytes.length;
  }
}

/**
 * Write now: hands bytes to the operating system within the call.
 *
 * A stream does so, too, when nothing waits, but reports it two ticks later, by way of several objects: on an idle
 * machine, where all of that runs cold, a fifth of the time of a call went there. Node has no public API for the
 * descriptor behind a pipe of a child process, so where there is none (Windows, another runtime) the stream writes.
 */
import type { Duplex } from 'node:stream';

// Not imported: for this one function, Node would make an export of each of a hundred, in every cluster.
const { writeSync } = process.getBuiltinModule('node:fs');

/** Writes what fits, at once. Returns the number of bytes written. */
export type WriteNow = (bytes: Buffer) => number;

/** Only for a stream in which nothing waits: bytes behind those of the stream must be written by the stream. */
export function writeNowTo(stream: Duplex): WriteNow {
  return (bytes) => {
    // Looked up each time: a destroyed stream has no descriptor, and its number may be another file's by now.
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
    // Full: the stream knows how to wait. Any other error means that the other side is gone, which reading will report.
    return (error as NodeJS.ErrnoException).code === 'EAGAIN' ? 0 : bytes.length;
  }
}

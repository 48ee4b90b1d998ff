import { expect, it } from 'vitest';
import { ServedCall } from '../../../src/ipc/server/served-call.js';
import { ServedCalls } from '../../../src/ipc/server/served-calls.js';

const aCall = (): ServedCall => new ServedCall(0, 1_800_000_000_000);

it('counts a call until its handler is done', () => {
  const calls = new ServedCalls();
  const call = aCall();

  calls.open(1, call);
  const during = calls.size;
  const mayAnswer = calls.finish(1, call);

  expect(during).toBe(1);
  expect(mayAnswer).toBe(true);
  expect(calls.size).toBe(0);
});

it('aborts the signal of a cancelled call, and keeps its answer back', () => {
  const calls = new ServedCalls();
  const call = aCall();
  calls.open(1, call);

  calls.cancel(1);

  expect(call.signal.aborted).toBe(true);
  expect(calls.size).toBe(0);
  expect(calls.finish(1, call)).toBe(false);
});

it('ignores a cancel for a call that is answered already', () => {
  const calls = new ServedCalls();
  const call = aCall();
  calls.open(1, call);
  calls.finish(1, call);

  calls.cancel(1);

  expect(call.signal.aborted).toBe(false);
});

it('keeps a new call under the id of a cancelled one when the handler of the old one is done', () => {
  const calls = new ServedCalls();
  const [old, next] = [aCall(), aCall()];
  calls.open(1, old);
  calls.cancel(1);
  calls.open(1, next);

  calls.finish(1, old);
  calls.cancel(1);

  expect(next.signal.aborted).toBe(true);
});

it('cancels all calls at once', () => {
  const calls = new ServedCalls();
  const opened = [aCall(), aCall()];
  for (const [i, call] of opened.entries()) calls.open(i + 1, call);

  calls.cancelAll();

  expect(opened.map(({ signal }) => signal.aborted)).toEqual([true, true]);
  expect(calls.size).toBe(0);
});

import { Socket } from 'node:net';
import { clusterCount, takePart } from '../../kit/participant.mjs';
import { nextRequest, served } from '../../kit/payloads.mjs';
import { FD, OTHERS, Pipe, read } from './pipe.mjs';

const id = Number(process.argv[2]);
const kind = { getGuild: 0, listMembers: 1, changed: 2, answer: 3 };
const encoded = (value) => Buffer.from(JSON.stringify(value));
const answers = [encoded(served.getGuild()), encoded(served.listMembers())];
const question = encoded(nextRequest());
/** Who waits for which number. */
const waiting = new Map();
let last = 0;

const pipe = new Pipe(new Socket({ fd: FD, readable: true, writable: true }), (bytes, at) => {
  const { from, kind: what, number } = read(bytes, at);
  if (what === kind.answer) settle(number);
  else if (what === kind.changed) served.changed();
  else pipe.send(from, id, kind.answer, number, answers[what]);
});

function settle(number) {
  const call = waiting.get(number);
  if (--call.missing > 0) return;
  waiting.delete(number);
  call.resolve(true);
}

function ask(to, name, missing) {
  const number = ++last;
  pipe.send(to, id, kind[name], number, question);
  return new Promise((resolve) => {
    waiting.set(number, { resolve, missing });
  });
}

function tell(to) {
  pipe.send(to, id, kind.changed, 0, question);
  return pipe.flushed();
}

takePart(id, {
  ask: () => ask(1, 'getGuild', 1),
  askLarge: () => ask(1, 'listMembers', 1),
  askAll: () => ask(OTHERS, 'getGuild', clusterCount - 1),
  tell: () => tell(1),
  tellAll: () => tell(OTHERS),
});

import { Socket } from 'node:net';
import { clusterCount, takePart } from '../../kit/participant.mjs';
import { nextRequest, served } from '../../kit/payloads.mjs';
import { FD, makeFrame, OTHERS, Pipe } from './pipe.mjs';

const id = Number(process.argv[2]);
const kind = { getGuild: 0, listMembers: 1, changed: 2, answer: 3 };
const answers = [
  makeFrame(0, kind.answer, served.getGuild()),
  makeFrame(0, kind.answer, served.listMembers()),
];
const question = (to, name) => makeFrame(to, kind[name], nextRequest());
/** Who waits, the oldest first. */
const waiting = [];
let oldest = 0;
/** Answers that are still to come for the oldest call. */
let missing = 0;

const pipe = new Pipe(new Socket({ fd: FD, readable: true, writable: true }), (to, what) => {
  if (what === kind.answer) settle();
  else if (what === kind.changed) served.changed();
  else pipe.send(answers[what], 0, answers[what].length);
});

function settle() {
  missing = missing === 0 ? waiting[oldest].answers - 1 : missing - 1;
  if (missing > 0) return;
  waiting[oldest++].resolve(true);
  if (oldest < 4096) return;
  waiting.splice(0, oldest);
  oldest = 0;
}

function ask(frame, answers) {
  pipe.send(frame, 0, frame.length);
  return new Promise((resolve) => {
    waiting.push({ resolve, answers });
  });
}

function tell(frame) {
  pipe.send(frame, 0, frame.length);
  return pipe.flushed();
}

const [one, large, all] = [question(1, 'getGuild'), question(1, 'listMembers'), question(OTHERS, 'getGuild')];
const [event, eventToAll] = [question(1, 'changed'), question(OTHERS, 'changed')];
takePart(id, {
  ask: () => ask(one, 1),
  askLarge: () => ask(large, 1),
  askAll: () => ask(all, clusterCount - 1),
  tell: () => tell(event),
  tellAll: () => tell(eventToAll),
});

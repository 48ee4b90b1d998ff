import { clusterCount, takePart } from '../../kit/participant.mjs';
import { served } from '../../kit/payloads.mjs';

const from = Number(process.argv[2]);
const waiting = new Map();
let last = 0;

process.on('message', (message) => {
  switch (message.kind) {
    case 'request':
      process.send({
        kind: 'answer',
        to: message.from,
        id: message.id,
        data: served[message.name](message.data),
      });
      return;
    case 'answer':
      waiting.get(message.id)(message.data);
      return;
    default:
      served[message.name](message.data);
  }
});

function request(to, name, data) {
  return new Promise((resolve) => {
    const id = ++last;
    waiting.set(id, (answer) => {
      waiting.delete(id);
      resolve(answer);
    });
    process.send({ kind: 'request', to, from, id, name, data });
  });
}

function requestAll(name, data) {
  return new Promise((resolve) => {
    const id = ++last;
    const answers = [served[name](data)];
    waiting.set(id, (answer) => {
      if (answers.push(answer) < clusterCount) return;
      waiting.delete(id);
      resolve(answers);
    });
    process.send({ kind: 'request', to: 'others', from, id, name, data });
  });
}

/** Resolves when the operating system has it. */
function tell(to, name, data) {
  return new Promise((resolve) => {
    process.send({ kind: 'event', to, name, data }, resolve);
  });
}

takePart(from, {
  ask: (data) => request(1, 'getGuild', data),
  askLarge: (data) => request(1, 'listMembers', data),
  askAll: (data) => requestAll('getGuild', data),
  tell: (data) => tell(1, 'changed', data),
  tellAll: (data) => tell('others', 'changed', data),
});

import { answer, request, runLoad } from '../../load.mjs';

const id = Number(process.argv[2]);
const waiting = new Map();
let last = 0;

const call = () =>
  new Promise((resolve) => {
    waiting.set(++last, resolve);
    process.send({ kind: 'request', to: 1, from: id, id: last, data: request });
  });

process.on('message', (message) => {
  if (message.kind === 'request')
    process.send({ kind: 'answer', to: message.from, id: message.id, data: answer });
  else if (message.kind === 'answer') {
    const resolve = waiting.get(message.id);
    waiting.delete(message.id);
    resolve(message.data);
  } else if (message.kind === 'load') void load(message);
});
process.on('disconnect', () => process.exit());
process.send({ kind: 'up' });

async function load(message) {
  process.send({ kind: 'done', result: await runLoad(call, message) });
}

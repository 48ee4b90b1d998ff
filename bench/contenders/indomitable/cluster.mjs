import { takePart } from '../../kit/participant.mjs';
import { served } from '../../kit/payloads.mjs';
import { StubClient } from '../stub-client.mjs';

/** Indomitable makes the client, gives it `shard` and logs it in. */
export class Bot extends StubClient {
  async login() {
    const { shard } = this;
    const from = shard.clusterId;
    shard.on('message', ({ content: { name, data }, repliable, reply }) => {
      const answer = served[name](data);
      if (repliable) reply(answer);
    });
    const request = (to, name, data) => shard.send({ content: { from, to, name, data }, repliable: true });
    const tell = (to, data) => shard.send({ content: { from, to, name: 'changed', data } });
    takePart(from, {
      ask: (data) => request(1, 'getGuild', data),
      askLarge: (data) => request(1, 'listMembers', data),
      askAll: (data) => request(-1, 'getGuild', data),
      tell: (data) => tell(1, data),
      tellAll: (data) => tell(-1, data),
      unbounded: true,
    });
    this.emit('ready');
  }
}

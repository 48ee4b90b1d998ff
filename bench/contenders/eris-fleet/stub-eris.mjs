/** What eris-fleet asks of an Eris client before it lets a cluster run. */
import { EventEmitter } from 'node:events';

export class StubEris extends EventEmitter {
  async getBotGateway() {
    return { shards: 1, session_start_limit: { max_concurrency: 1 } };
  }

  connect() {
    this.emit('ready');
  }
}

import { BaseClusterWorker } from 'eris-fleet';
import { takePart } from '../../kit/participant.mjs';
import { served } from '../../kit/payloads.mjs';

export class BotWorker extends BaseClusterWorker {
  constructor(setup) {
    super(setup);
    const { ipc } = this;
    ipc.register('changed', served.changed);
    takePart(this.clusterID, {
      ask: (data) => ipc.clusterCommand(1, { name: 'getGuild', data }, true),
      askLarge: (data) => ipc.clusterCommand(1, { name: 'listMembers', data }, true),
      askAll: (data) => ipc.allClustersCommand({ name: 'getGuild', data }, true),
      tell: (data) => ipc.sendTo(1, 'changed', data),
      tellAll: (data) => ipc.broadcast('changed', data),
      unbounded: true,
    });
  }

  handleCommand({ name, data }) {
    return served[name](data);
  }
}

const { BaseCluster } = require('kurasuta');

const scriptFor = (name, data) => `this.${name}(${JSON.stringify(data)})`;

module.exports = class extends BaseCluster {
  async launch() {
    const { takePart } = await import('../../kit/participant.mjs');
    const { shard } = this.client;
    /** A script for the master that hands a script to one cluster. */
    const evalOn = (id, script) =>
      shard.masterEval(`this.clusters.get(${id}).eval(${JSON.stringify(script)})`);
    takePart(this.id, {
      ask: (data) => evalOn(1, scriptFor('getGuild', data)),
      askLarge: (data) => evalOn(1, scriptFor('listMembers', data)),
      askAll: (data) => shard.broadcastEval(scriptFor('getGuild', data)),
      tell: (data) => shard.send({ from: this.id, to: 1, data }, { receptive: false }),
      tellAll: (data) => shard.send({ from: this.id, to: -1, data }, { receptive: false }),
      unbounded: true,
    });
    this.client.emit('ready');
  }
};

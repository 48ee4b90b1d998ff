/**
 * Help: what the command says of its words that run a bot.
 */

/** Stands before what the generator's part of the command says of itself. */
export const OWN_WORDS = `To run a bot:
  shardwire start <bot file>  the clusters of a bot, without a manager file
  shardwire dev <bot file>    the same, started anew whenever its source or a contract changes
  (\`shardwire start --help\` and \`shardwire dev --help\` say more)

To write what it imports:
`;

const FLEET_OPTIONS = `  --shards <number|auto>        all shards of the bot (default: auto, which asks Discord)
  --clusters <number>           how many processes (default: one per processor core, at most one per shard)
  --shards-per-cluster <number> how many shards each process has at most; instead of --clusters
  --env-file <file>             environment variables, one NAME=value per line
  --help                        show this

What follows \`--\` are arguments of the bot file. The token is read from the environment: DISCORD_TOKEN.`;

export const START_HELP = `Usage: shardwire start <bot file> [options] [-- arguments]

Runs the clusters of a bot: what a manager file with a ClusterManager does, and nothing else.

  --respawn <true|false>        whether a cluster that died is started again (default: true)
  --no-table                    plain lines, also on a terminal
${FLEET_OPTIONS}

Exit codes: 0 it was told to end; 1 no cluster is left, or none could be started; 2 the command was not understood;
130 and 143 it was told to end twice.
`;

export const DEV_HELP = `Usage: shardwire dev <bot file> [options] [-- arguments]

Runs the clusters of a bot and starts them anew whenever its source or a contract changes. After a change of a contract
the pages are written first. A version that is broken does not replace one that runs.

  --contracts <folder>          where the contracts are (default: as for \`shardwire gen\`)
  --out <folder>                where the pages go (default: as for \`shardwire gen\`)
  --no-gen                      leave the pages alone
${FLEET_OPTIONS}
`;

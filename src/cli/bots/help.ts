/**
 * Help: the usage texts of `start` and `dev`.
 */

const BOT_OPTIONS = `  --shards <number|auto>        total number of shards (default: auto, as Discord recommends)
  --clusters <number>           number of processes (default: one per CPU core, at most one per shard)
  --shards-per-cluster <number> maximum number of shards per process, instead of --clusters
  --env-file <file>             file with environment variables, one NAME=value per line
  --help                        print this help

Arguments after \`--\` are passed to the bot file. The token is read from the environment variable DISCORD_TOKEN.`;

export const START_HELP = `Usage: shardwire start <bot file> [options] [-- arguments]

Runs the clusters of a bot, like a manager file that only creates a ClusterManager.

  --respawn <true|false>        restart clusters that die (default: true)
  --no-table                    print plain lines instead of the live table, also on a terminal
${BOT_OPTIONS}

Exit codes: 0 stopped on request; 1 no cluster is left or none could be started; 2 invalid command line;
130 and 143 stopped by a second signal.
`;

export const DEV_HELP = `Usage: shardwire dev <bot file> [options] [-- arguments]

Runs the clusters of a bot and restarts them whenever its source or a contract changes. After a change of a contract
the pages are generated first. A broken version does not replace a running one.

  --contracts <folder>          folder of the contracts (default: as for \`shardwire gen\`)
  --out <folder>                output folder of the pages (default: as for \`shardwire gen\`)
  --no-gen                      do not generate pages
${BOT_OPTIONS}
`;

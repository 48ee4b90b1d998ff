/**
 * Bot commands: names and summaries of the commands that run a bot, for the help of the whole command.
 *
 * Their code is loaded only to run them.
 */
export const BOT_COMMANDS = [
  { name: 'start', summary: "runs a bot's clusters without a manager file" },
  { name: 'dev', summary: 'runs a bot and restarts it when its source or a contract changes' },
] as const;

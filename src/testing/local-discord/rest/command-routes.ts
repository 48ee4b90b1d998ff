/**
 * Slash commands: registered, listed, changed and removed, globally or for one guild.
 *
 * @see https://discord.com/developers/docs/interactions/application-commands#endpoints
 */
import { isRecord } from '../json.js';
import type { Command, CommandStore } from '../world/command-store.js';
import type { World } from '../world/world.js';
import { unknown } from '../talk/api-error.js';
import { readCommand, readCommands } from './command-body.js';
import type { Route, RouteAnswer, RouteCall } from './router.js';

export interface CommandDeps {
  readonly world: World;
  readonly commands: CommandStore;
}

/** A handler that gets the guild of the commands; `undefined` for global commands. */
type ScopedHandler = (deps: CommandDeps, call: RouteCall, guildId: string | undefined) => RouteAnswer;

const GLOBAL = '/applications/:application/commands';
const OF_GUILD = '/applications/:application/guilds/:guild/commands';

const HANDLERS: readonly {
  readonly method: Route['method'];
  readonly suffix: string;
  readonly handler: ScopedHandler;
}[] = [
  { method: 'GET', suffix: '', handler: list },
  { method: 'PUT', suffix: '', handler: replaceAll },
  { method: 'POST', suffix: '', handler: upsert },
  { method: 'GET', suffix: '/:command', handler: get },
  { method: 'PATCH', suffix: '/:command', handler: edit },
  { method: 'DELETE', suffix: '/:command', handler: remove },
];

export function commandRoutes(deps: CommandDeps): Route[] {
  return HANDLERS.flatMap(({ method, suffix, handler }): Route[] => [
    {
      method,
      pattern: GLOBAL + suffix,
      auth: 'bot',
      handle: (call) => handler(forOurBot(deps, call), call, undefined),
    },
    {
      method,
      pattern: OF_GUILD + suffix,
      auth: 'bot',
      handle: (call) => handler(forOurBot(deps, call), call, guildOf(deps, call)),
    },
  ]);
}

function list({ commands }: CommandDeps, _call: RouteCall, guildId: string | undefined): RouteAnswer {
  return ok(commands.list(guildId));
}

function replaceAll({ commands }: CommandDeps, call: RouteCall, guildId: string | undefined): RouteAnswer {
  return ok(commands.replaceAll(readCommands(call.body), guildId));
}

function upsert({ commands }: CommandDeps, call: RouteCall, guildId: string | undefined): RouteAnswer {
  return { status: 201, body: commands.upsert(readCommand(call.body), guildId).fields };
}

function get(deps: CommandDeps, call: RouteCall, guildId: string | undefined): RouteAnswer {
  return { status: 200, body: existing(deps, call, guildId).fields };
}

function edit(deps: CommandDeps, call: RouteCall, guildId: string | undefined): RouteAnswer {
  const { id, fields } = existing(deps, call, guildId);
  const draft = readCommand({ ...fields, ...(isRecord(call.body) ? call.body : {}), id });
  return { status: 200, body: deps.commands.upsert(draft, guildId).fields };
}

function remove(deps: CommandDeps, call: RouteCall, guildId: string | undefined): RouteAnswer {
  deps.commands.delete(existing(deps, call, guildId).id, guildId);
  return { status: 204 };
}

function forOurBot(deps: CommandDeps, call: RouteCall): CommandDeps {
  if (call.param('application') !== deps.world.bot.id) throw unknown('application');
  return deps;
}

function guildOf({ world }: CommandDeps, call: RouteCall): string {
  const guildId = call.param('guild');
  if (world.guild(guildId) === undefined) throw unknown('guild');
  return guildId;
}

function existing({ commands }: CommandDeps, call: RouteCall, guildId: string | undefined): Command {
  const command = commands.get(call.param('command'), guildId);
  if (command === undefined) throw unknown('command');
  return command;
}

function ok(commands: readonly Command[]): RouteAnswer {
  return { status: 200, body: commands.map(({ fields }) => fields) };
}

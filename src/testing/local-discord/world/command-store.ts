/**
 * The slash commands a bot has registered, global ones and those of one guild.
 */
import type { JsonRecord } from '../json.js';
import type { SnowflakeSource } from '../snowflake.js';

/** An option as the bot declared it. */
export interface DeclaredOption {
  readonly name: string;
  readonly type: number;
  readonly options: readonly DeclaredOption[];
}

export interface CommandDraft {
  /** Set when the bot knows the command already. */
  readonly id: string | undefined;
  readonly name: string;
  readonly type: number;
  readonly options: readonly DeclaredOption[];
  /** All that the bot sent, given back as it came. */
  readonly fields: JsonRecord;
}

export interface Command extends CommandDraft {
  readonly id: string;
}

export const CHAT_INPUT = 1;

export class CommandStore {
  readonly #applicationId: string;
  readonly #ids: SnowflakeSource;
  /** By guild id; global commands under `undefined`. */
  readonly #scopes = new Map<string | undefined, Map<string, Command>>();

  constructor(applicationId: string, ids: SnowflakeSource) {
    this.#applicationId = applicationId;
    this.#ids = ids;
  }

  list(guildId?: string): Command[] {
    return [...this.#scope(guildId).values()];
  }

  get(commandId: string, guildId?: string): Command | undefined {
    return this.#scope(guildId).get(commandId);
  }

  /** The slash command a user of this guild would get by that name: the guild's own before the global one. */
  named(name: string, guildId: string): Command | undefined {
    const candidates = [...this.list(guildId), ...this.list()];
    return candidates.find((command) => command.name === name && command.type === CHAT_INPUT);
  }

  /** Makes these the only commands of the scope. A command that keeps its id or its name is the same one. */
  replaceAll(drafts: readonly CommandDraft[], guildId?: string): Command[] {
    const commands = drafts.map((draft) => this.#command(draft, guildId));
    this.#scopes.set(guildId, new Map(commands.map((command) => [command.id, command])));
    return commands;
  }

  upsert(draft: CommandDraft, guildId?: string): Command {
    const command = this.#command(draft, guildId);
    this.#scope(guildId).set(command.id, command);
    return command;
  }

  delete(commandId: string, guildId?: string): boolean {
    return this.#scope(guildId).delete(commandId);
  }

  #command(draft: CommandDraft, guildId: string | undefined): Command {
    const id = this.#knownId(draft, guildId) ?? this.#ids.next();
    const fields = {
      description: '',
      default_member_permissions: null,
      ...draft.fields,
      id,
      type: draft.type,
      application_id: this.#applicationId,
      version: this.#ids.next(),
      ...(guildId === undefined ? {} : { guild_id: guildId }),
    };
    return { ...draft, id, fields };
  }

  #knownId({ id, name, type }: CommandDraft, guildId: string | undefined): string | undefined {
    if (id !== undefined && this.get(id, guildId) !== undefined) return id;
    return this.list(guildId).find((known) => known.name === name && known.type === type)?.id;
  }

  #scope(guildId: string | undefined): Map<string, Command> {
    const scope = this.#scopes.get(guildId) ?? new Map<string, Command>();
    this.#scopes.set(guildId, scope);
    return scope;
  }
}

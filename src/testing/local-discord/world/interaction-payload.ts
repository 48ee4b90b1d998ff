/**
 * A slash command as Discord hands it to a bot: INTERACTION_CREATE, type 2.
 *
 * @see https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object
 */
import type { APIChatInputApplicationCommandInteraction } from 'discord.js';
import type { JsonRecord } from '../json.js';
import type { Command, DeclaredOption } from './command-store.js';
import { channelPayload, EVERYONE_MAY, interactingMember } from './guild-payload.js';
import type { LocalChannel } from './guild-spec.js';
import type { Wire, WireUser } from './wire.js';

/** A value that somebody can type into an option. */
export type CommandOptionValue = string | number | boolean;

/** What the user typed after the slash. */
export interface CommandCall {
  readonly name: string;
  readonly group?: string | undefined;
  readonly subcommand?: string | undefined;
  readonly options?: Readonly<Record<string, CommandOptionValue>> | undefined;
}

export interface InteractionFacts {
  readonly id: string;
  readonly token: string;
  readonly applicationId: string;
  readonly user: WireUser;
  readonly channel: LocalChannel;
  /** What the bot registered under that name, if it did. */
  readonly registered: Command | undefined;
}

const OptionType = { subcommand: 1, group: 2, string: 3, integer: 4, boolean: 5, number: 10 } as const;

/** Everything but the options is checked against discord.js' types; those depend on what the bot declared. */
type CommandInteraction = Omit<Wire<APIChatInputApplicationCommandInteraction>, 'data'> & {
  readonly data: JsonRecord;
};

export function commandInteraction(call: CommandCall, facts: InteractionFacts): CommandInteraction {
  const { guildId } = facts.channel;
  return {
    ...UNREMARKABLE,
    id: facts.id,
    application_id: facts.applicationId,
    token: facts.token,
    guild_id: guildId,
    guild: { id: guildId, features: [], locale: UNREMARKABLE.locale },
    channel_id: facts.channel.id,
    channel: channelPayload(facts.channel),
    member: interactingMember(facts.user),
    entitlements: [],
    authorizing_integration_owners: { 0: guildId },
    data: {
      id: facts.registered?.id ?? facts.id,
      type: 1,
      name: call.name,
      options: typedOptions(call, facts.registered?.options ?? []),
    },
  };
}

const UNREMARKABLE = {
  type: 2,
  version: 1,
  app_permissions: EVERYONE_MAY,
  locale: 'en-US',
  guild_locale: 'en-US',
  context: 0,
  attachment_size_limit: 10_485_760,
} as const;

/** The options, wrapped in their subcommand and that in its group. */
function typedOptions(call: CommandCall, declared: readonly DeclaredOption[]): JsonRecord[] {
  const { group, subcommand } = call;
  if (subcommand === undefined) return basicOptions(call, declared);

  const inGroup = group === undefined ? declared : optionsOf(declared, group);
  const options = basicOptions(call, optionsOf(inGroup, subcommand));
  const inner = [{ type: OptionType.subcommand, name: subcommand, options }];
  return group === undefined ? inner : [{ type: OptionType.group, name: group, options: inner }];
}

function basicOptions({ options }: CommandCall, declared: readonly DeclaredOption[]): JsonRecord[] {
  return Object.entries(options ?? {}).map(([name, value]) => {
    const type = declared.find((option) => option.name === name)?.type ?? typeOfValue(value);
    return { name, type, value };
  });
}

function optionsOf(declared: readonly DeclaredOption[], name: string): readonly DeclaredOption[] {
  return declared.find((option) => option.name === name)?.options ?? [];
}

/** For a command that was never registered: the type that the value looks like. */
function typeOfValue(value: CommandOptionValue): number {
  if (typeof value === 'string') return OptionType.string;
  if (typeof value === 'boolean') return OptionType.boolean;
  return Number.isInteger(value) ? OptionType.integer : OptionType.number;
}

/**
 * Config: how a change of the bot's settings reaches every cluster.
 */
import type { Events } from 'shardwire/contract';

/** What a setting can hold. */
export type ConfigValue = string | number | boolean | null;

export interface ConfigEvents extends Events {
  /** One setting has a new value. */
  configUpdated: { key: string; value: ConfigValue };
  /** Something changed that is easier to load again than to describe. */
  configReload: void;
}

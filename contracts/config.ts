/**
 * Config: events that announce changed settings to every cluster.
 */
import type { Events } from 'shardwire/contract';

/** Value of a setting. */
export type ConfigValue = string | number | boolean | null;

export interface ConfigEvents extends Events {
  /** A setting has a new value. */
  configUpdated: { key: string; value: ConfigValue };
  /** Settings changed in a way that requires loading all of them again. */
  configReload: void;
}

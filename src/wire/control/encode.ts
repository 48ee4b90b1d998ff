/**
 * Encoding of control messages: a message becomes a frame kind and a JSON body.
 *
 * The tag of a message is the name of its frame kind, and its other members are the body, so a new message needs
 * nothing here.
 */
import { Kind } from '../frame.js';
import type { MessageToCluster } from './to-cluster.js';
import type { MessageToManager } from './to-manager.js';

export interface EncodedControl {
  readonly kind: Kind;
  /** `undefined`: the message is nothing but its kind. */
  readonly body: string | undefined;
}

export function encodeControl({ kind, ...body }: MessageToManager | MessageToCluster): EncodedControl {
  return { kind: Kind[kind], body: Object.keys(body).length === 0 ? undefined : JSON.stringify(body) };
}

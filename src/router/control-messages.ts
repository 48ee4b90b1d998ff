/**
 * Cluster words: what a control frame of a cluster says, read and checked before anything is done about it.
 */
import {
  parseLoginRejection,
  parseHandoverDone,
  parseIdentifyRequest,
  parseCrashReport,
  parsePong,
  parseRegistration,
  parseJobMessage,
} from '../wire/control.js';
import type {
  LoginRejection,
  HandoverDone,
  IdentifyRequest,
  CrashReport,
  Pong,
  Registration,
  JobMessage,
} from '../wire/control.js';
import { Kind } from '../wire/frame.js';

/** What a cluster tells the manager of itself. */
export type ClusterWord =
  | { readonly is: 'lastWords'; readonly words: CrashReport }
  | { readonly is: 'fatal'; readonly login: LoginRejection }
  | { readonly is: 'pulse'; readonly pulse: Pong }
  | { readonly is: 'leave' }
  | { readonly is: 'handoverDone'; readonly done: HandoverDone };

/** What a cluster wants of the router. */
export type RouterWord =
  | { readonly is: 'hello' | 'register' | 'unregister'; readonly registration: Registration }
  | { readonly is: 'ready' }
  | { readonly is: 'identify' | 'identifyCancel' | 'identified'; readonly request: IdentifyRequest }
  | { readonly is: 'work'; readonly word: JobMessage };

/** @throws TypeError or SyntaxError for what no cluster of ours says. */
export function readWord(kind: Kind, text: string | undefined): RouterWord | ClusterWord {
  switch (kind) {
    case Kind.hello:
      return { is: 'hello', registration: parseRegistration(text) };
    case Kind.register:
      return { is: 'register', registration: parseRegistration(text) };
    case Kind.unregister:
      return { is: 'unregister', registration: parseRegistration(text) };
    case Kind.ready:
      return { is: 'ready' };
    case Kind.identify:
      return { is: 'identify', request: parseIdentifyRequest(text) };
    case Kind.identifyCancel:
      return { is: 'identifyCancel', request: parseIdentifyRequest(text) };
    case Kind.identified:
      return { is: 'identified', request: parseIdentifyRequest(text) };
    case Kind.job:
      return { is: 'work', word: parseJobMessage(text) };
    case Kind.crashReport:
      return { is: 'lastWords', words: parseCrashReport(text) };
    case Kind.loginRejected:
      return { is: 'fatal', login: parseLoginRejection(text) };
    case Kind.pong:
      return { is: 'pulse', pulse: parsePong(text) };
    case Kind.replaceMe:
      return { is: 'leave' };
    case Kind.handoverDone:
      return { is: 'handoverDone', done: parseHandoverDone(text) };
    default:
      throw new TypeError(`a frame of kind ${kind}, which no cluster sends`);
  }
}

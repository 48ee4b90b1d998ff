/**
 * Cluster words: what a control frame of a cluster says, read and checked before anything is done about it.
 */
import {
  parseFatalLogin,
  parseHandOverDone,
  parseIdentifyRequest,
  parseLastWords,
  parsePulse,
  parseRegistration,
  parseWorkWord,
} from '../wire/control.js';
import type {
  FatalLogin,
  HandOverDone,
  IdentifyRequest,
  LastWords,
  Pulse,
  Registration,
  WorkWord,
} from '../wire/control.js';
import { Kind } from '../wire/frame.js';

/** What a cluster tells the manager of itself. */
export type ClusterWord =
  | { readonly is: 'lastWords'; readonly words: LastWords }
  | { readonly is: 'fatal'; readonly login: FatalLogin }
  | { readonly is: 'pulse'; readonly pulse: Pulse }
  | { readonly is: 'leave' }
  | { readonly is: 'handOverDone'; readonly done: HandOverDone };

/** What a cluster wants of the router. */
export type RouterWord =
  | { readonly is: 'hello' | 'register' | 'unregister'; readonly registration: Registration }
  | { readonly is: 'ready' }
  | { readonly is: 'identify' | 'identifyCancel' | 'identified'; readonly request: IdentifyRequest }
  | { readonly is: 'work'; readonly word: WorkWord };

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
    case Kind.work:
      return { is: 'work', word: parseWorkWord(text) };
    case Kind.lastWords:
      return { is: 'lastWords', words: parseLastWords(text) };
    case Kind.fatal:
      return { is: 'fatal', login: parseFatalLogin(text) };
    case Kind.pulse:
      return { is: 'pulse', pulse: parsePulse(text) };
    case Kind.leave:
      return { is: 'leave' };
    case Kind.handOverDone:
      return { is: 'handOverDone', done: parseHandOverDone(text) };
    default:
      throw new TypeError(`a frame of kind ${kind}, which no cluster sends`);
  }
}

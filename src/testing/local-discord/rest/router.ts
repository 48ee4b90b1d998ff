/**
 * Routes: which handler answers which method and path.
 *
 * To serve more of Discord's API, write a route where its kind lives (`channel-routes.ts` say); nothing else has
 * to know. Handlers throw an `ApiError` for what the bot did wrong.
 */
import { notFound, wrongMethod } from '../talk/api-error.js';
import type { UploadedFile } from '../talk/message-body.js';

export interface RouteCall {
  /** The text that stood in the path at `:name`. */
  readonly param: (name: string) => string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
}

export interface RouteAnswer {
  readonly status: number;
  readonly body?: unknown;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Such as `/channels/:channel/messages`. */
  readonly pattern: string;
  /** Whether the bot's token is asked for. */
  readonly auth: 'bot' | 'none';
  readonly handle: (call: RouteCall) => RouteAnswer;
}

export interface RouteMatch {
  readonly route: Route;
  readonly param: (name: string) => string;
}

export class Router {
  readonly #routes: readonly Route[];

  constructor(routes: readonly Route[]) {
    this.#routes = routes;
  }

  /** Finds the route, or throws what Discord answers when there is none. */
  find(method: string, path: string): RouteMatch {
    const here = this.#routes.flatMap((route) => {
      const params = matchPath(route.pattern, path);
      return params === undefined ? [] : { route, param: reader(params) };
    });
    if (here.length === 0) throw notFound();

    const match = here.find(({ route }) => route.method === method);
    if (match === undefined) throw wrongMethod();
    return match;
  }
}

/** Matches a path against a pattern; `*` and `:name` stand for one segment. */
export function matchPath(pattern: string, path: string): ReadonlyMap<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;

  const params = new Map<string, string>();
  for (const [index, segment] of wanted.entries()) {
    const text = given[index] ?? '';
    if (segment.startsWith(':') && text !== '') params.set(segment.slice(1), text);
    else if (segment !== text && !(segment === '*' && text !== '')) return undefined;
  }
  return params;
}

function reader(params: ReadonlyMap<string, string>): (name: string) => string {
  return (name) => {
    const value = params.get(name);
    if (value === undefined) throw new Error(`the route has no parameter :${name}`);
    return value;
  };
}

/**
 * The REST server: from an HTTP request to a handler and back.
 *
 * Whatever comes in, it answers: a handler that throws becomes an error body, never the end of the process.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RestRequest } from '../events.js';
import { ApiError, internalError, notFound, unauthorized } from '../talk/api-error.js';
import type { RestFaults } from './faults.js';
import { readBody, type RequestBody } from './request-body.js';
import type { RouteAnswer, Router } from './router.js';

export interface RestDeps {
  readonly token: string;
  readonly router: Router;
  readonly faults: RestFaults;
  readonly onAnswered: (request: RestRequest) => void;
}

interface Answer extends RouteAnswer {
  readonly headers?: Readonly<Record<string, string>>;
}

/** Where a request goes: its path without `/api/v10`, and its query. */
interface Destination {
  readonly at: 'api' | 'elsewhere';
  readonly path: string;
  readonly query: URLSearchParams;
}

interface Call extends Destination {
  readonly method: string;
  readonly authorization: string | undefined;
}

export class RestServer {
  readonly #deps: RestDeps;

  constructor(deps: RestDeps) {
    this.#deps = deps;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = callOf(request);
    const body = await readBody(request).catch((error: unknown) => ({ error }));
    if (response.destroyed) return;

    const answer = 'error' in body ? answerForError(body.error) : this.#answer(call, body);
    respond(response, answer);
    this.#deps.onAnswered({
      method: call.method,
      path: call.path,
      query: Object.fromEntries(call.query),
      body: 'error' in body ? undefined : body.json,
      status: answer.status,
    });
  }

  #answer({ at, method, path, query, authorization }: Call, { json, files }: RequestBody): Answer {
    try {
      if (at === 'elsewhere') throw notFound();
      const fault = this.#deps.faults.take(method, path);
      if (fault !== undefined) return fault;

      const { route, param } = this.#deps.router.find(method, path);
      if (route.auth === 'bot' && authorization !== `Bot ${this.#deps.token}`) throw unauthorized();
      return route.handle({ param, query, body: json, files });
    } catch (error) {
      return answerForError(error);
    }
  }
}

function callOf(request: IncomingMessage): Call {
  const { authorization } = request.headers;
  return { method: request.method ?? 'GET', authorization, ...destinationOf(request.url ?? '/') };
}

export function destinationOf(url: string): Destination {
  const [rawPath = '', rawQuery = ''] = url.split('?', 2);
  const query = new URLSearchParams(rawQuery);
  const path = /^\/api(?:\/v\d+)?(?<path>\/.*)$/.exec(rawPath)?.groups?.['path'];
  if (path === undefined) return { at: 'elsewhere', path: rawPath, query };
  return { at: 'api', path: decoded(path), query };
}

/** discord.js escapes what it puts into a path, `@original` for one. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function answerForError(error: unknown): Answer {
  const { status, body } = error instanceof ApiError ? error : internalError();
  return { status, body };
}

function respond(response: ServerResponse, { status, body, headers }: Answer): void {
  if (body === undefined) {
    response.writeHead(status, { ...headers }).end();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/**
 * Failures of REST that a test ordered beforehand.
 */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { asJson } from '../json.js';
import { refusal, requireText, requireWhole } from '../option-check.js';
import { matchPath, type RouteAnswer } from './router.js';

/** How an ordered failure looks to the bot. */
export interface RestFailure {
  /** The HTTP status, from 400 to 599. */
  readonly status: number;
  /** The JSON body. Defaults to what Discord says with that status. */
  readonly body?: unknown;
  /** Additional response headers. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** How many requests fail before all is well again. Defaults to 1. */
  readonly times?: number | undefined;
}

export interface FaultAnswer extends RouteAnswer {
  readonly headers: Readonly<Record<string, string>>;
}

interface Fault {
  readonly method: string;
  readonly pattern: string;
  readonly answer: FaultAnswer;
  left: number;
}

const RETRY_AFTER_S = 0.05;

export class RestFaults {
  #faults: Fault[] = [];

  /** `route` is a method and a path, such as `POST /channels/:id/messages`; `:name` and `*` match any one segment. */
  add(route: string, failure: RestFailure): void {
    const [method = '', pattern = ''] = requireText('failNext(route)', route).split(' ');
    if (!pattern.startsWith('/')) throw refusal('failNext(route)', 'such as "GET /gateway/bot"', route);
    const status = requireWhole('failNext(status)', failure.status, { min: 400, max: 599 });
    const left = requireWhole('failNext(times)', failure.times ?? 1, { min: 1 });
    this.#faults.push({ method, pattern, left, answer: answerOf(status, failure) });
  }

  /** The failure ordered for this request, if any; it counts as used. */
  take(method: string, path: string): FaultAnswer | undefined {
    const fault = this.#faults.find((each) => each.method === method && matchPath(each.pattern, path));
    if (fault === undefined) return undefined;

    fault.left -= 1;
    this.#faults = this.#faults.filter((each) => each.left > 0);
    return fault.answer;
  }
}

function answerOf(status: number, { body, headers = {} }: RestFailure): FaultAnswer {
  for (const [name, value] of Object.entries(headers)) {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  }
  if (status === 429) return rateLimit(body, headers);
  return { status, body: asJson(body ?? { message: `${status}: ordered by the test`, code: 0 }), headers };
}

/** @see https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit */
function rateLimit(body: unknown, headers: Readonly<Record<string, string>>): FaultAnswer {
  const usual = { message: 'You are being rate limited.', retry_after: RETRY_AFTER_S, global: false };
  return {
    status: 429,
    body: asJson(body ?? usual),
    headers: { 'retry-after': String(RETRY_AFTER_S), ...headers },
  };
}

/**
 * The last REST requests, oldest first.
 */
import type { RestRequest } from '../events.js';

const MOST_REQUESTS = 1_000;

export class RequestLog {
  #requests: RestRequest[] = [];

  add(request: RestRequest): void {
    this.#requests.push(request);
    if (this.#requests.length >= MOST_REQUESTS * 2) this.#requests = this.#requests.slice(-MOST_REQUESTS);
  }

  list(): RestRequest[] {
    return this.#requests.slice(-MOST_REQUESTS);
  }

  clear(): void {
    this.#requests = [];
  }
}

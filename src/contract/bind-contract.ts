/**
 * One contract bound to one process: a stub per handler and event, and `handle` for all handlers at once.
 *
 * The types are the generated page's (`BoundContract`); at run time a stub only fills in name, codecs and
 * defaults, and leaves the rest to the core.
 */
import { DEFAULT_TIMEOUT_MS, resolveCallOptions } from '../ipc/client/call-options.js';
import type { CallOptions } from '../ipc/client/call-options.js';
import type { CallSpec } from '../ipc/client/call.js';
import type { Endpoint } from '../ipc/endpoint.js';
import { DEFAULT_ACK_TIMEOUT_MS } from '../ipc/events/event-channel.js';
import type { HandlerCallback } from '../ipc/server/server.js';
import { MANAGER_ID } from '../wire/address.js';
import { IPCError } from '../errors.js';
import { checkedCodec } from './checked-codec.js';
import { errorCodec } from './contract-error.js';
import { reduceResults } from './reduce.js';
import { callWithRetry } from './retry.js';
import type { ContractSpec, EventSpec, HandlerSpec, RetrySpec } from './spec.js';
import { targetOf } from './target.js';

type Options = number | CallOptions;
type Listener = (data: unknown, sourceCluster: number) => unknown;

export function bindContract(contract: ContractSpec, endpoint: Endpoint): object {
  const handlers = Object.entries(contract.handlers).map(
    ([member, spec]) => [member, bindHandler(`${contract.name}.${member}`, spec, endpoint)] as const,
  );
  const events = Object.entries(contract.events).map(
    ([member, spec]) => [member, bindEvent(`${contract.name}.${member}`, spec, endpoint)] as const,
  );
  const handle = (callbacks: Callbacks): void => handleAll(contract, new Map(handlers), callbacks, endpoint);
  return Object.freeze({ ...Object.fromEntries([...handlers, ...events]), handle });
}

type Callbacks = { readonly [member: string]: HandlerCallback };
type Stubs = ReadonlyMap<string, ReturnType<typeof bindHandler>>;

function bindHandler(name: string, spec: HandlerSpec, endpoint: Endpoint) {
  const { caller } = endpoint;
  const call: CallSpec = {
    name,
    input: checkedCodec(spec.input, 'data', spec.fingerprint),
    output: checkedCodec(spec.output, 'result', spec.fingerprint),
    timeoutMs: spec.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    faults: spec.throws === undefined ? undefined : errorCodec(spec.throws),
    fingerprint: spec.fingerprint,
  };
  const { reduce } = spec;
  const send = (target: number | undefined, data: unknown, options: Options | undefined): Promise<unknown> =>
    target === undefined ? caller.callAny(call, data, options) : caller.call(target, call, data, options);
  const ask = (target: number | undefined, data: unknown, options: Options | undefined): Promise<unknown> =>
    spec.retry === undefined
      ? send(target, data, options)
      : retried(spec.retry, call, options, (attempt) => send(target, data, attempt));
  const requestAll = (data?: unknown, options?: Options) => caller.callAll(call, data, options);
  return Object.freeze({
    handle: (callback: HandlerCallback) => endpoint.handle(name, callback, call),
    removeHandler: () => endpoint.removeHandler(name),
    request: (data?: unknown, options?: Options) => {
      try {
        return ask(targetOf(spec, data, endpoint), data, options);
      } catch (error) {
        return Promise.reject(error);
      }
    },
    requestTo: (clusterId: number, data?: unknown, options?: Options) => ask(clusterId, data, options),
    requestAll,
    ...(reduce !== undefined && {
      reduce: async (data?: unknown, options?: Options) =>
        reduceResults(reduce, await requestAll(data, options), spec.partial === true),
    }),
  });
}

/** Bad options are refused before the first attempt, and by the same words. */
async function retried(
  policy: RetrySpec,
  call: CallSpec,
  options: Options | undefined,
  attempt: (options: CallOptions) => Promise<unknown>,
): Promise<unknown> {
  const { timeoutMs, signal, wait } = resolveCallOptions(options, call.timeoutMs);
  const whenNotReady = wait ? 'wait' : 'fail';
  return callWithRetry({ policy, timeoutMs, options: { signal, whenNotReady }, attempt });
}

function bindEvent(name: string, spec: EventSpec, endpoint: Endpoint) {
  const { channel, events } = endpoint;
  const codec = checkedCodec(spec.data, 'data', spec.fingerprint);
  const others = (): number => endpoint.directory.totalClusters - (endpoint.id === MANAGER_ID ? 0 : 1);
  return Object.freeze({
    on: (listener: Listener) => {
      endpoint.readEventWith(name, codec);
      events.on(name, listener);
    },
    once: (listener: Listener) => {
      endpoint.readEventWith(name, codec);
      events.once(name, listener);
    },
    off: (listener: Listener) => void events.off(name, listener),
    broadcast: (data?: unknown) => channel.broadcast(name, data, codec),
    emitTo: (clusterId: number, data?: unknown) => channel.emitTo(clusterId, name, data, codec),
    broadcastAndCollect: (data?: unknown, timeout?: number) => {
      const timeoutMs = timeout ?? spec.timeoutMs ?? DEFAULT_ACK_TIMEOUT_MS;
      return channel.broadcastAndCollect(name, data, { timeoutMs, codec, settled: spec.ackSettled });
    },
    broadcastAndWait: async (data?: unknown, timeout?: number, expectedClusters?: number) => {
      const timeoutMs = timeout ?? spec.timeoutMs ?? DEFAULT_ACK_TIMEOUT_MS;
      const acked = await channel.broadcastAndWait(name, data, {
        timeoutMs,
        expected: expectedClusters ?? others(),
        codec,
        settled: spec.ackSettled,
      });
      return acked.size;
    },
  });
}

/** Looks at everything before it registers anything: all handlers, or, on an error, none. */
function handleAll(contract: ContractSpec, stubs: Stubs, callbacks: Callbacks, endpoint: Endpoint): void {
  const members = ownMembers(contract, endpoint);
  const unknown = Object.keys(callbacks).find((member) => !members.includes(member));
  if (unknown !== undefined) {
    const where = endpoint.id === MANAGER_ID ? 'the manager' : 'a cluster';
    throw new TypeError(`The contract '${contract.name}' has no handler '${unknown}' for ${where}`);
  }
  for (const member of members) checkHandler(contract.name, member, callbacks, endpoint);
  for (const member of members) stubs.get(member)?.handle(callbacks[member] as HandlerCallback);
}

/** A handler with `target: 'manager'` lives there, all others on clusters. */
function ownMembers({ handlers }: ContractSpec, endpoint: Endpoint): string[] {
  const isManager = endpoint.id === MANAGER_ID;
  return Object.keys(handlers).filter((member) => (handlers[member]?.target === 'manager') === isManager);
}

function checkHandler(contract: string, member: string, callbacks: Callbacks, endpoint: Endpoint): void {
  if (typeof callbacks[member] !== 'function') {
    throw new TypeError(
      `${contract}.handle() needs a function for '${member}': it takes all handlers of the contract`,
    );
  }
  const name = `${contract}.${member}`;
  if (endpoint.hasHandler(name)) {
    throw new IPCError('HANDLER_EXISTS', `There is a handler for '${name}' already; remove it first`, {
      handler: name,
    });
  }
}

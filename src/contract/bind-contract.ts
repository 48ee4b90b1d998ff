/**
 * One contract bound to one process: a stub per handler and event, and `handle` for all handlers at once.
 *
 * The types are the generated page's (`BoundContract`); at run time a stub only fills in name, codecs and
 * defaults, and leaves the rest to the core.
 */
import { DEFAULT_TIMEOUT_MS } from '../ipc/call-options.js';
import type { CallOptions } from '../ipc/call-options.js';
import type { CallSpec } from '../ipc/caller.js';
import type { Endpoint } from '../ipc/endpoint.js';
import { DEFAULT_ACK_TIMEOUT_MS } from '../ipc/event-channel.js';
import type { HandlerCallback } from '../ipc/server.js';
import { ANY_CLUSTER, MANAGER_ID } from '../wire/address.js';
import { IPCError } from '../errors.js';
import { checkedCodec } from './checked-codec.js';
import { reduceValues } from './reduce.js';
import type { ContractSpec, EventSpec, HandlerSpec } from './spec.js';

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
type HandlerStub = ReturnType<typeof bindHandler>;

function bindHandler(name: string, spec: HandlerSpec, endpoint: Endpoint) {
  const { caller } = endpoint;
  const call: CallSpec = {
    name,
    input: checkedCodec(spec.input, 'data'),
    output: checkedCodec(spec.output, 'result'),
    timeoutMs: spec.timeoutMs ?? DEFAULT_TIMEOUT_MS,
  };
  const requestAll = (data?: unknown, options?: Options) => caller.callAll(call, data, options);
  const { reduce } = spec;
  return Object.freeze({
    handle: (callback: HandlerCallback) => endpoint.handle(name, callback, call),
    removeHandler: () => endpoint.removeHandler(name),
    request: (data?: unknown, options?: Options) =>
      caller.call(targetOf(spec, data, endpoint), call, data, options),
    requestTo: (clusterId: number, data?: unknown, options?: Options) =>
      caller.call(clusterId, call, data, options),
    requestAll,
    ...(reduce !== undefined && {
      reduce: async (data?: unknown, options?: Options) => {
        const results = await requestAll(data, options);
        results.throwIfAny();
        return reduceValues(reduce, results.values());
      },
    }),
  });
}

/** Data that names no guild goes nowhere in particular: the check, which runs next, says what is wrong. */
function targetOf({ target }: HandlerSpec, data: unknown, endpoint: Endpoint): number {
  if (target === undefined) return ANY_CLUSTER;
  try {
    return endpoint.directory.ownerOf((data as { readonly [key: string]: string })[target.guild] as string);
  } catch {
    return ANY_CLUSTER;
  }
}

function bindEvent(name: string, spec: EventSpec, endpoint: Endpoint) {
  const { channel, events } = endpoint;
  const codec = checkedCodec(spec.data, 'data');
  const others = (): number => endpoint.directory.totalClusters - (endpoint.id === MANAGER_ID ? 0 : 1);
  return Object.freeze({
    on: (listener: Listener) => {
      channel.readWith(name, codec);
      events.on(name, listener);
    },
    once: (listener: Listener) => {
      channel.readWith(name, codec);
      events.once(name, listener);
    },
    off: (listener: Listener) => void events.off(name, listener),
    broadcast: (data?: unknown) => channel.broadcast(name, data, codec),
    emitTo: (clusterId: number, data?: unknown) => channel.emitTo(clusterId, name, data, codec),
    broadcastAndWait: async (data?: unknown, timeout?: number, expectedClusters?: number) => {
      const timeoutMs = timeout ?? spec.timeoutMs ?? DEFAULT_ACK_TIMEOUT_MS;
      const acked = await channel.broadcastAndWait(name, data, {
        timeoutMs,
        expected: expectedClusters ?? others(),
        codec,
      });
      return acked.size;
    },
  });
}

/** Looks at everything before it registers anything: all handlers, or, on an error, none. */
function handleAll(
  { name: contract }: ContractSpec,
  stubs: ReadonlyMap<string, HandlerStub>,
  callbacks: Callbacks,
  endpoint: Endpoint,
): void {
  const unknown = Object.keys(callbacks).find((member) => !stubs.has(member));
  if (unknown !== undefined) throw new TypeError(`The contract '${contract}' has no handler '${unknown}'`);
  for (const member of stubs.keys()) {
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
  for (const [member, stub] of stubs) stub.handle(callbacks[member] as HandlerCallback);
}

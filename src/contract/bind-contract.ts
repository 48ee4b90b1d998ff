/**
 * One contract bound to one process: a stub per handler and event, and `handle` for all handlers at once.
 *
 * The generated page knows the types of the stubs (`BoundContract`). At run time a stub only fills in name, codecs and
 * defaults; its host makes the calls and sends the events.
 */
import { DEFAULT_TIMEOUT_MS, resolveCallOptions } from '../ipc/client/call-options.js';
import type { CallOptions } from '../ipc/client/call-options.js';
import type { CallSpec } from '../ipc/client/call.js';
import type { CallSender, ContractHost } from '../ipc/contract-host.js';
import { DEFAULT_ACK_TIMEOUT_MS } from '../ipc/events/event-channel.js';
import { MANAGER_ID } from '../wire/address.js';
import { IPCError } from '../errors.js';
import { checkedCodec } from './checked-codec.js';
import { errorCodec } from './contract-error.js';
import { reduceResults } from './reduce.js';
import { callWithRetry } from './retry.js';
import type { ContractSpec, EventSpec, HandlerSpec, RetrySpec } from './spec.js';
import type { EventStub, HandlerFunction, HandlerStub, ReducedStub } from './stubs.js';
import { targetOf } from './target.js';
import type { Target } from './target.js';

type Options = number | CallOptions;

/** The types of a page are not known here: data may be anything, and so may results. */
type UntypedFunction = (data?: unknown) => unknown;
type UntypedHandlerStub = HandlerStub<UntypedFunction> | ReducedStub<UntypedFunction, unknown>;

/** Handlers by their member names, as `handle` of a contract takes them. */
type Callbacks = { readonly [member: string]: HandlerFunction<UntypedFunction> };

export function bindContract(contract: ContractSpec, host: ContractHost): object {
  const handlers = Object.entries(contract.handlers).map(
    ([member, spec]) => [member, bindHandler(`${contract.name}.${member}`, spec, host)] as const,
  );
  const events = Object.entries(contract.events).map(
    ([member, spec]) => [member, bindEvent(`${contract.name}.${member}`, spec, host)] as const,
  );
  const handle = (callbacks: Callbacks): void => handleAll(contract, new Map(handlers), callbacks, host);
  return Object.freeze({ ...Object.fromEntries([...handlers, ...events]), handle });
}

function bindHandler(name: string, spec: HandlerSpec, host: ContractHost): UntypedHandlerStub {
  const call = callSpecOf(name, spec);
  const request = requestWith(spec, call, host.caller);
  const stub: HandlerStub<UntypedFunction> = {
    handle: (callback) => host.handle(name, callback, call),
    removeHandler: () => host.removeHandler(name),
    request(data, options) {
      try {
        return request(targetOf(spec, data, host), data, options);
      } catch (error) {
        return Promise.reject(error);
      }
    },
    requestTo: request,
    requestAll: (data, options) => host.caller.callAll(call, data, options),
  };
  const { reduce } = spec;
  if (reduce === undefined) return Object.freeze(stub);
  const reduced: ReducedStub<UntypedFunction, unknown> = {
    ...stub,
    reduce: async (data, options) =>
      reduceResults(reduce, await stub.requestAll(data, options), spec.partial === true),
  };
  return Object.freeze(reduced);
}

function callSpecOf(name: string, spec: HandlerSpec): CallSpec {
  return {
    name,
    input: checkedCodec(spec.input, 'data', spec.fingerprint),
    output: checkedCodec(spec.output, 'result', spec.fingerprint),
    timeoutMs: spec.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    errors: spec.throws === undefined ? undefined : errorCodec(spec.throws),
    fingerprint: spec.fingerprint,
  };
}

/** Calls its target; repeatedly, where the contract declares `retry`. */
type Request = (target: Target, data: unknown, options: Options | undefined) => Promise<unknown>;

function requestWith({ retry }: HandlerSpec, call: CallSpec, caller: CallSender): Request {
  const once: Request = (target, data, options) =>
    target === 'any' ? caller.callAny(call, data, options) : caller.call(target, call, data, options);
  if (retry === undefined) return once;
  return (target, data, options) =>
    requestWithRetry(retry, call, options, (attempt) => once(target, data, attempt));
}

/** Bad options are rejected before the first attempt, with the same errors as without `retry`. */
async function requestWithRetry(
  policy: RetrySpec,
  call: CallSpec,
  options: Options | undefined,
  attempt: (options: CallOptions) => Promise<unknown>,
): Promise<unknown> {
  const { timeoutMs, signal, shouldWait: wait } = resolveCallOptions(options, call.timeoutMs);
  const whenNotReady = wait ? 'wait' : 'fail';
  return callWithRetry({ policy, timeoutMs, options: { signal, whenNotReady }, attempt });
}

function bindEvent(name: string, spec: EventSpec, host: ContractHost): EventStub<unknown> {
  const { channel, events } = host;
  const codec = checkedCodec(spec.data, 'data', spec.fingerprint);
  const ackOptions = (timeout: number | undefined) => ({
    timeoutMs: timeout ?? spec.timeoutMs ?? DEFAULT_ACK_TIMEOUT_MS,
    codec,
    settled: spec.ackSettled,
  });
  const otherClusters = (): number => host.directory.totalClusters - (host.id === MANAGER_ID ? 0 : 1);
  return Object.freeze<EventStub<unknown>>({
    on(listener) {
      host.useEventCodec(name, codec);
      events.on(name, listener);
    },
    once(listener) {
      host.useEventCodec(name, codec);
      events.once(name, listener);
    },
    off: (listener) => void events.off(name, listener),
    broadcast: (data) => channel.broadcast(name, data, codec),
    emitTo: (clusterId, data) => channel.emitTo(clusterId, name, data, codec),
    async broadcastAndWait(data, timeout, expectedClusters) {
      const expected = expectedClusters ?? otherClusters();
      const acked = await channel.broadcastAndWait(name, data, { ...ackOptions(timeout), expected });
      return acked.size;
    },
    broadcastAndCollect: (data, timeout) => channel.broadcastAndCollect(name, data, ackOptions(timeout)),
  });
}

/** Checks all handlers before the first is registered: on an error none is. */
function handleAll(
  contract: ContractSpec,
  stubs: ReadonlyMap<string, UntypedHandlerStub>,
  callbacks: Callbacks,
  host: ContractHost,
): void {
  const members = membersFor(host, contract);
  const unknown = Object.keys(callbacks).find((member) => !members.includes(member));
  if (unknown !== undefined) {
    const where = host.id === MANAGER_ID ? 'the manager' : 'a cluster';
    throw new TypeError(`The contract '${contract.name}' has no handler '${unknown}' for ${where}`);
  }
  for (const member of members) checkHandler(contract.name, member, callbacks, host);
  for (const member of members) stubs.get(member)?.handle(callbacks[member] as Callbacks[string]);
}

/** The handlers that this process answers: those with `target: 'manager'` on the manager, all others on a cluster. */
function membersFor(host: ContractHost, { handlers }: ContractSpec): string[] {
  const isManager = host.id === MANAGER_ID;
  return Object.keys(handlers).filter((member) => (handlers[member]?.target === 'manager') === isManager);
}

function checkHandler(contract: string, member: string, callbacks: Callbacks, host: ContractHost): void {
  if (typeof callbacks[member] !== 'function') {
    throw new TypeError(
      `${contract}.handle() needs a function for '${member}': it registers all handlers of the contract at once`,
    );
  }
  const name = `${contract}.${member}`;
  if (host.hasHandler(name)) {
    throw new IPCError('HANDLER_EXISTS', `'${name}' already has a handler; remove that one first`, {
      handler: name,
    });
  }
}

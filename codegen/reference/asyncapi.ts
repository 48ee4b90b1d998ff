/**
 * AsyncAPI: the contracts as an AsyncAPI 3 document, from the view of a cluster, which receives requests, replies to them
 * and receives events.
 *
 * Options and fingerprints, which AsyncAPI cannot express, are under `x-shardwire`.
 */
import { fingerprintsOf, sha256 } from '../model/fingerprint.js';
import type { Fingerprints } from '../model/fingerprint.js';
import { indexHeader } from '../emit/header.js';
import type {
  ContractModel,
  ErrorModel,
  EventModel,
  HandlerModel,
  NamedType,
  Shape,
} from '../model/model.js';
import { compare, tableOf } from '../model/shapes.js';
import { jsonSchema } from './json-schema.js';
import type { JsonSchema, SchemaContext } from './json-schema.js';

export const ASYNCAPI_FILE = 'asyncapi.json';

type Node = { readonly [key: string]: unknown };

const VERSION_LENGTH = 16;

/**
 * Returns the document.
 *
 * @param folder - The contracts folder as the header names it.
 */
export function asyncApiText(contracts: readonly ContractModel[], folder: string): string {
  const sorted = contracts
    .toSorted((a, b) => compare(a.name, b.name))
    .map((one) => new ContractDocument(one));
  const merged = (part: (one: ContractDocument) => Node): Node =>
    Object.assign({}, ...sorted.map(part)) as Node;
  const document = {
    asyncapi: '3.0.0',
    info: {
      title: 'Calls and events between clusters',
      // AsyncAPI requires a version: documents whose handlers and events are all the same have the same one.
      version: sha256(sorted.map((one) => one.fingerprints()).join()).slice(0, VERSION_LENGTH),
      description: indexHeader(folder).join(' '),
    },
    defaultContentType: 'application/json',
    channels: merged((one) => one.channels()),
    operations: merged((one) => one.operations()),
    components: { schemas: merged((one) => one.schemas()) },
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

class ContractDocument {
  readonly #contract: ContractModel;
  readonly #context: SchemaContext;
  readonly #fingerprints: Fingerprints;

  constructor(contract: ContractModel) {
    this.#contract = contract;
    this.#fingerprints = fingerprintsOf(contract.types);
    this.#context = {
      types: tableOf(contract.types),
      refTo: (name) => `#/components/schemas/${this.#id(name)}`,
    };
  }

  fingerprints(): readonly string[] {
    const { handlers, events } = this.#contract;
    return [...handlers, ...events].map((member) => this.#fingerprintOf(member));
  }

  channels(): Node {
    const { handlers, events } = this.#contract;
    return Object.fromEntries([
      ...handlers.map((one) => this.#handlerChannel(one)),
      ...events.map((one) => this.#eventChannel(one)),
    ]);
  }

  operations(): Node {
    const { handlers, events } = this.#contract;
    return Object.fromEntries([
      ...handlers.map((one) => [this.#id(one.name), this.#handlerOperation(one)] as const),
      ...events.map((one) => [this.#id(one.name), this.#operation(one, 'event')] as const),
    ]);
  }

  schemas(): Node {
    const named = ({ name, doc, shape }: NamedType) =>
      [this.#id(name), described(jsonSchema(shape, this.#context), doc)] as const;
    return Object.fromEntries(this.#contract.types.map(named));
  }

  #handlerChannel({ name, doc, input, output, options }: HandlerModel): readonly [string, Node] {
    const errors = this.#contract.errors.filter((error) => options.throws?.includes(error.name) === true);
    const messages = {
      request: this.#message(`${name} request`, input),
      reply: this.#message(`${name} reply`, output),
      ...Object.fromEntries(errors.map((error) => [key(error.name), this.#error(error)])),
    };
    return [this.#id(name), described({ address: `${this.#contract.name}.${name}`, messages }, doc)];
  }

  #eventChannel({ name, doc, data }: EventModel): readonly [string, Node] {
    const messages = { event: this.#message(name, data) };
    return [this.#id(name), described({ address: `${this.#contract.name}.${name}`, messages }, doc)];
  }

  #message(title: string, shape: Shape): Node {
    return shape.kind === 'undefined' ? { title } : { title, payload: jsonSchema(shape, this.#context) };
  }

  #error({ name, doc, data }: ErrorModel): Node {
    return described({ ...this.#message(name, data) }, doc);
  }

  #handlerOperation(handler: HandlerModel): Node {
    const thrown = this.#contract.errors.filter(
      ({ name }) => handler.options.throws?.includes(name) === true,
    );
    const channel = this.#channelOf(handler);
    const messages = ['reply', ...thrown.map(({ name }) => key(name))].map((one) => messageRef(channel, one));
    return { ...this.#operation(handler, 'request'), reply: { channel: ref(channel), messages } };
  }

  #operation(member: HandlerModel | EventModel, message: string): Node {
    const channel = this.#channelOf(member);
    return {
      action: 'receive',
      channel: ref(channel),
      ...(member.doc === '' ? {} : { summary: member.doc }),
      messages: [messageRef(channel, message)],
      'x-shardwire': { fingerprint: this.#fingerprintOf(member), options: member.options },
    };
  }

  #channelOf({ name }: HandlerModel | EventModel): string {
    return `#/channels/${this.#id(name)}`;
  }

  #fingerprintOf(member: HandlerModel | EventModel): string {
    const places = 'data' in member ? [member.data] : [member.input, member.output];
    return this.#fingerprints.of(`${this.#contract.name}.${member.name}`, places);
  }

  #id(name: string): string {
    return key(`${this.#contract.name}.${name}`);
  }
}

/** Escapes a name: AsyncAPI's ids consist of letters, digits, dots, dashes and underscores. */
function key(name: string): string {
  return name.replaceAll(/[^\w.-]/gu, (letter) => `_${letter.codePointAt(0)?.toString(16)}_`);
}

function ref(path: string): Node {
  return { $ref: path };
}

function messageRef(channel: string, message: string): Node {
  return ref(`${channel}/messages/${message}`);
}

function described<N extends Node | JsonSchema>(node: N, doc: string): N {
  return doc === '' || '$ref' in node ? node : { ...node, description: doc };
}

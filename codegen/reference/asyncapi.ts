/**
 * AsyncAPI: the contracts as an AsyncAPI 3 document, from the view of a cluster: it receives requests and replies to
 * them, and it receives events.
 *
 * What AsyncAPI has no word for (options, fingerprints) stands under `x-shardwire`.
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
 * Writes the document.
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
      // Something has to stand here; two documents have the same if all their words mean the same.
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
    return [...handlers, ...events].map((word) => this.#fingerprintOf(word));
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
    return shape.kind === 'absent' ? { title } : { title, payload: jsonSchema(shape, this.#context) };
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

  #operation(word: HandlerModel | EventModel, message: string): Node {
    const channel = this.#channelOf(word);
    return {
      action: 'receive',
      channel: ref(channel),
      ...(word.doc === '' ? {} : { summary: word.doc }),
      messages: [messageRef(channel, message)],
      'x-shardwire': { fingerprint: this.#fingerprintOf(word), options: word.options },
    };
  }

  #channelOf({ name }: HandlerModel | EventModel): string {
    return `#/channels/${this.#id(name)}`;
  }

  #fingerprintOf(word: HandlerModel | EventModel): string {
    const places = 'data' in word ? [word.data] : [word.input, word.output];
    return this.#fingerprints.of(`${this.#contract.name}.${word.name}`, places);
  }

  #id(name: string): string {
    return key(`${this.#contract.name}.${name}`);
  }
}

/** AsyncAPI's ids are letters, digits, dots, dashes and underscores. */
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

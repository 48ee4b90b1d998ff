/**
 * Values in messages: short, on one line, whatever the value is.
 *
 * Values may come from anywhere and be hostile (throwing getters, revoked proxies), so no member is read, and a value that
 * throws is shown as unreadable.
 */
const MAX_TEXT = 40;
const MAX_KEYS = 5;

/** Returns the words after "got" in messages. */
export function showValue(value: unknown): string {
  try {
    return show(value);
  } catch {
    return 'an unreadable value';
  }
}

function show(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return showText(value);
    case 'bigint':
      return `${shorten(String(value))}n`;
    case 'function':
      return 'a function';
    case 'symbol':
      return 'a symbol';
    case 'object':
      return value === null ? 'null' : showObject(value);
    default:
      return Object.is(value, -0) ? '-0' : String(value);
  }
}

function showText(text: string): string {
  if (text.length <= MAX_TEXT) return JSON.stringify(text);
  return `${JSON.stringify(shorten(text))} (${text.length.toLocaleString('en-US')} characters)`;
}

function shorten(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}…`;
}

function showObject(value: object): string {
  if (Array.isArray(value))
    return value.length === 1 ? 'an array of 1 item' : `an array of ${value.length} items`;
  if (value instanceof Error) return shorten(String(value));
  const name = classOf(value);
  const keys = Object.keys(value);
  if (name !== undefined && keys.length === 0) return `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`;
  return `${name === undefined ? '' : `${name} `}${showKeys(keys)}`;
}

function classOf(value: object): string | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return undefined;
  const constructor: unknown = (prototype as { readonly constructor?: unknown }).constructor;
  return typeof constructor === 'function' && constructor.name !== ''
    ? shorten(constructor.name)
    : 'anonymous class';
}

function showKeys(keys: readonly string[]): string {
  if (keys.length === 0) return '{}';
  const shown = keys
    .slice(0, MAX_KEYS)
    .map((key) => (/^[\w$]+$/.test(key) ? shorten(key) : JSON.stringify(shorten(key))));
  return `{ ${shown.join(', ')}${keys.length > MAX_KEYS ? ', …' : ''} }`;
}

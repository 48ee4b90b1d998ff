/**
 * Loss watch: warns, in development, of values that JSON changes on their way.
 *
 * Once per name: a warning is for the developer, not for the log.
 */
import { findLoss } from './find-lossy.js';

const warned = new Set<string>();
/** Read once: the environment is slow to read, and this is asked for every value. */
const isProduction = process.env['NODE_ENV'] === 'production';

/** Looks at a value on its way out; says nothing in production or about a name it has warned of. */
export function watchLoss(name: string, value: unknown, root: string): void {
  if (isProduction || warned.has(name)) return;
  const loss = findLoss(value, root);
  if (loss === undefined) return;
  warned.add(name);
  process.emitWarning(
    `'${name}': ${loss}. Send plain data, or declare it in a contract.`,
    'ShardwireWarning',
  );
}

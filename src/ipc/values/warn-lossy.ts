/**
 * Lossy warnings: a process warning, in development, for values that JSON would change.
 *
 * Once per handler or event: the warning is for the developer, not for the log.
 */
import { findLossy } from './find-lossy.js';

const warned = new Set<string>();
/** Read once: the environment is slow to read, and every value asks. */
const isProduction = process.env['NODE_ENV'] === 'production';

/** Warns when a value that is about to be sent is lossy. Does nothing in production, and nothing for a name warned about. */
export function warnLossy(name: string, value: unknown, root: string): void {
  if (isProduction || warned.has(name)) return;
  const problem = findLossy(value, root);
  if (problem === undefined) return;
  warned.add(name);
  process.emitWarning(
    `'${name}': ${problem}. Send plain data, or declare the type in a contract.`,
    'ShardwireWarning',
  );
}

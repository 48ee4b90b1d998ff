/**
 * Writes the URL of every module that is imported to stderr: `node --import loads.mjs ...`.
 */
import { register } from 'node:module';

const hook = `
import { writeSync } from 'node:fs';

export async function resolve(specifier, context, next) {
  const resolved = await next(specifier, context);
  writeSync(2, 'loads ' + resolved.url + '\\n');
  return resolved;
}
`;

register(`data:text/javascript,${encodeURIComponent(hook)}`);

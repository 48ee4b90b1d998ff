/**
 * Node version: refuses an unsupported Node.js with one sentence, before something fails later.
 */
const MINIMUM = [20, 19] as const;

/** @throws Error when this Node is too old. */
export function checkNodeVersion(version: string = process.versions.node): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) return;
  throw new Error(
    `Shardwire requires Node.js ${MINIMUM.join('.')} or newer, but this is Node.js ${version}. Please update Node.js.`,
  );
}

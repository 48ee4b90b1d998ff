/**
 * Node version: the floor, said in one sentence instead of failing somewhere later.
 */
const FLOOR = [20, 19] as const;

/** @throws Error when this Node is too old. */
export function checkNodeVersion(version: string = process.versions.node): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > FLOOR[0] || (major === FLOOR[0] && minor >= FLOOR[1])) return;
  throw new Error(
    `Shardwire needs Node ${FLOOR.join('.')} or newer, this is ${version}: please update Node.`,
  );
}

/**
 * Bot file: what the manager's clusters run.
 */

/**
 * Node's modules are not imported: clusters have this file in their bundle, too, and no use for what it needs.
 *
 * @returns The absolute path.
 * @throws Error when there is no such file.
 */
export function checkedBotFile(file: string | URL): string {
  const { existsSync } = process.getBuiltinModule('node:fs');
  const path = process.getBuiltinModule('node:path');
  const { fileURLToPath } = process.getBuiltinModule('node:url');
  const wanted = file instanceof URL ? fileURLToPath(file) : path.resolve(file);
  if (existsSync(wanted)) return wanted;
  // The most common slip: the manager runs from TypeScript and names the file that a build would make.
  const source = wanted.replace(/\.(m?)js$/, '.$1ts');
  const hint =
    source !== wanted && existsSync(source)
      ? `build ${source} first, or name it and run the manager with tsx.`
      : 'pass the path of the file that makes the ClusterClient.';
  throw new Error(`There is no bot file at ${wanted}: ${hint}`);
}

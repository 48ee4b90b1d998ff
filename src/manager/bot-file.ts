/**
 * Bot file: the file that each cluster runs.
 */

/**
 * Returns the absolute path of the bot file.
 *
 * Node's modules are not imported: the bundle of the clusters contains this file as well, and has no use for them.
 *
 * @throws Error when there is no such file.
 */
export function checkedBotFile(file: string | URL): string {
  const { existsSync } = process.getBuiltinModule('node:fs');
  const path = process.getBuiltinModule('node:path');
  const { fileURLToPath } = process.getBuiltinModule('node:url');
  const wanted = file instanceof URL ? fileURLToPath(file) : path.resolve(file);
  if (existsSync(wanted)) return wanted;
  // The most common mistake: the manager runs from TypeScript and names the file that a build would write.
  const source = wanted.replace(/\.(m?)js$/, '.$1ts');
  const hint =
    source !== wanted && existsSync(source)
      ? `build ${source} first, or name it and run the manager with tsx.`
      : 'pass the path of the file that makes the ClusterClient.';
  throw new Error(`There is no bot file at ${wanted}: ${hint}`);
}

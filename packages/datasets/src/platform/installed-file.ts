import { nodeModules } from './node-modules';

/**
 * The path of an installed package's entry. A worker thread is given this path, because its own code lies in no file.
 * The package is looked for beside this package, beside the running program, and in the working folder, because a
 * bundler may have moved this package's code.
 *
 * @returns undefined if the package is installed at none of these places
 */
export function installedFile(name: string): string | undefined {
  const { module, path, process } = nodeModules()!;
  const places = [import.meta.url, process.argv[1], path.join(process.cwd(), 'package.json')];
  for (const place of places) {
    if (!place) continue;
    try {
      return module.createRequire(place).resolve(name);
    } catch {
      // the next place
    }
  }
  return undefined;
}

/** A tfjs-node package that is installed in the user's project, and where it looks for its addon. */
export interface TfjsNode {
  readonly folder: string;
  readonly version: string;
  /** `<folder>/lib/napi-v8/tfjs_binding.node` */
  readonly addon: string;
}

interface TfjsNodePackage {
  readonly version: string;
  readonly binary: { readonly napi_versions: readonly number[] };
}

/**
 * Finds `@tensorflow/tfjs-node` from the project, or, if none is named, from the working directory and then from
 * this package; undefined if there is none. Free of `node:` imports, like all that `useBestBackend` loads.
 */
export function findTfjsNode(project?: string): TfjsNode | undefined {
  const { createRequire } = process.getBuiltinModule('node:module');
  const { dirname, join, resolve } = process.getBuiltinModule('node:path');
  const named = join(resolve(project ?? '.'), 'package.json');
  for (const from of project === undefined ? [named, import.meta.url] : [named]) {
    const require = createRequire(from);
    const path = resolveFrom(require);
    if (path) return describeTfjsNode(dirname(path), require(path) as TfjsNodePackage);
  }
  return undefined;
}

function describeTfjsNode(folder: string, { version, binary }: TfjsNodePackage): TfjsNode {
  const { join } = process.getBuiltinModule('node:path');
  // The path that @mapbox/node-pre-gyp chooses, by which tfjs-node finds its addon.
  const napi = Math.max(...binary.napi_versions.filter((v) => v <= Number(process.versions.napi)));
  return { folder, version, addon: join(folder, 'lib', `napi-v${napi}`, 'tfjs_binding.node') };
}

/** Any failure means that it isn't there for us: Yarn's resolver has codes of its own for a package that is missing. */
function resolveFrom(require: NodeJS.Require): string | undefined {
  try {
    return require.resolve('@tensorflow/tfjs-node/package.json');
  } catch {
    return undefined;
  }
}

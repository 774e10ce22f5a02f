/** The tfjs-node package that was found, and where it looks for its addon. */
export interface TfjsNode {
  readonly folder: string;
  readonly version: string;
  /** `<folder>/lib/napi-v8/tfjs_binding.node` */
  readonly addon: string;
  readonly napi: number;
}

interface TfjsNodePackage {
  readonly version: string;
  readonly binary: { readonly napi_versions: readonly number[] };
}

/**
 * Finds `@tensorflow/tfjs-node` from the user's project, else from this package; undefined where there is none.
 * Free of `node:` imports, because the main entry, which browsers load, uses it.
 */
export function findTfjsNode(project: string = process.cwd()): TfjsNode | undefined {
  const { createRequire } = process.getBuiltinModule('node:module');
  const { dirname, join } = process.getBuiltinModule('node:path');
  for (const from of [join(project, 'package.json'), import.meta.url]) {
    const require = createRequire(from);
    const path = resolveFrom(require);
    if (path) return describeTfjsNode(dirname(path), require(path) as TfjsNodePackage);
  }
  return undefined;
}

function describeTfjsNode(folder: string, { version, binary }: TfjsNodePackage): TfjsNode {
  const { join } = process.getBuiltinModule('node:path');
  // As @mapbox/node-pre-gyp, which tfjs-node finds its addon with, chooses.
  const napi = Math.max(...binary.napi_versions.filter((v) => v <= Number(process.versions.napi)));
  return { folder, version, napi, addon: join(folder, 'lib', `napi-v${napi}`, 'tfjs_binding.node') };
}

function resolveFrom(require: NodeJS.Require): string | undefined {
  try {
    return require.resolve('@tensorflow/tfjs-node/package.json');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

/**
 * Bundles a script and our packages as one module of plain JavaScript, which is how users run them. So the process that
 * runs it has no TypeScript compiler in its memory. Other packages are imported from their own folders.
 */
export async function compile(script: string, outfile: string): Promise<string> {
  await build({
    entryPoints: [script],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    mainFields: ['main'],
    plugins: [ownUrls, otherPackagesStay],
  });
  return outfile;
}

/** Packages look for other packages from where their own modules are. */
const ownUrls: Plugin = {
  name: 'own-urls',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const url = JSON.stringify(pathToFileURL(path).href);
      return { contents: text.replaceAll('import.meta.url', url), loader: 'ts' };
    });
  },
};

const FOUND = {};

const otherPackagesStay: Plugin = {
  name: 'other-packages-stay',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^./#]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (kind === 'entry-point' || path.startsWith('@thawjs/') || pluginData === FOUND) return undefined;
      const found = await resolve(path, { kind, importer, resolveDir, pluginData: FOUND });
      return found.external ? found : { path: pathToFileURL(found.path).href, external: true };
    });
  },
};

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { bundledPackages } from './bundled-packages';

/** Licences under which code may be part of an Apache-2.0 package, with their texts included. */
const ALLOWED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', '(MIT AND Zlib)'];

/**
 * Replaces a package's bundled-libraries.ts by the code of other packages that it names, as one minified module, and
 * writes their licences to dist/third-party-licences.txt. A load-libraries.ts beside it becomes a function around that
 * module's code, so that the code runs at the first call, not when the package is imported.
 */
export const bundleLibraries: Plugin = {
  name: 'bundle-libraries',
  setup({ onLoad }) {
    onLoad({ filter: /bundled-libraries\.ts$/ }, async ({ path }) => ({
      contents: await bundle(path, 'esm'),
    }));
    onLoad({ filter: /load-libraries\.ts$/ }, async ({ path }) => {
      const code = await bundle(join(dirname(path), 'bundled-libraries.ts'), 'cjs');
      return {
        contents: `
          let loaded;
          const run = function (module, require) { ${code} };
          export function loadLibraries() {
            if (loaded === undefined) {
              const module = { exports: {} };
              run(module, (name) => process.getBuiltinModule(name));
              loaded = module.exports;
            }
            return loaded;
          }`,
      };
    });
  },
};

async function bundle(path: string, format: 'esm' | 'cjs'): Promise<string> {
  const { outputFiles, metafile } = await build({
    entryPoints: [path],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format,
    platform: 'node',
    target: 'es2022',
    legalComments: 'none',
  });
  writeLicences(join(dirname(path), '../dist'), Object.keys(metafile.inputs));
  return outputFiles[0].text;
}

function writeLicences(folder: string, files: readonly string[]): void {
  const packages = bundledPackages(files);
  const refused = packages.filter(({ license, texts }) => !ALLOWED.includes(license) || texts.length === 0);
  if (refused.length > 0) {
    const found = refused.map(({ name, license, texts }) => `${name} (${license}, ${texts.length} texts)`);
    throw new Error(
      `Bundled packages need a licence of ${ALLOWED.join(', ')} and its text; found ${found.join(', ')}.`,
    );
  }
  const chapters = packages.map(
    ({ name, version, license, texts }) => `${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`,
  );
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'third-party-licences.txt'),
    `This package contains code of these packages.\n\n${chapters.join(`\n${'-'.repeat(80)}\n\n`)}`,
  );
}

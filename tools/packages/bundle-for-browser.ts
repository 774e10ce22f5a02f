import { build } from 'esbuild';

/** The entries that a browser is promised. */
const ENTRIES = [
  '@thawjs/metrics',
  '@thawjs/core',
  '@thawjs/backends',
  '@thawjs/backends/wasm',
  '@thawjs/datasets',
  '@thawjs/browser',
  '@thawjs/browser/worker',
];

/**
 * Bundles each entry that a browser is promised as a user's bundler would, in a project that has them installed.
 *
 * @returns what is wrong, a sentence each: a module of Node's that is imported, or a warning of esbuild's.
 */
export async function bundleForBrowser(project: string): Promise<string[]> {
  const problems = ENTRIES.map(async (entry) => {
    const { errors, warnings } = await build({
      stdin: { contents: `export * from '${entry}';`, resolveDir: project },
      bundle: true,
      platform: 'browser',
      format: 'esm',
      outdir: project,
      write: false,
      logLevel: 'silent',
    }).catch((failure) => failure);
    return [...errors, ...warnings].map(
      ({ text, location }) => `${entry}: ${text} (${location?.file}:${location?.line})`,
    );
  });
  return (await Promise.all(problems)).flat();
}

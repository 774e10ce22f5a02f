import { build } from 'esbuild';

/** The entries that must work in a browser. */
const ENTRIES = [
  '@thawjs/metrics',
  '@thawjs/core',
  '@thawjs/core/predict',
  '@thawjs/backends',
  '@thawjs/backends/wasm',
  '@thawjs/datasets',
  '@thawjs/browser',
  '@thawjs/browser/worker',
];

/**
 * Bundles each entry that must work in a browser, as a user's bundler would, in a project that has the packages
 * installed.
 *
 * @returns the problems, one sentence each: an imported module of Node, or a warning of esbuild.
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

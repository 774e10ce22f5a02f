import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { command } from './command';
import type { Environment, Outcome } from './environment';
import type { PackageServer } from './serve-packages';

/** The result of an environment. */
export interface Row extends Outcome {
  readonly name: string;
  readonly installs: boolean;
  /** Undefined if nothing is built. */
  readonly builds?: boolean;
  /** The time from the empty folder to the prediction, downloads included. */
  readonly seconds: number;
}

/** The files of the user's program, and their names in the user's folder. */
const PROGRAM = {
  'train-and-predict.ts': 'train-and-predict.js',
  'node.ts': 'node.mjs',
  'page.ts': 'page.mjs',
  'start-worker.ts': 'start-worker.js',
  'training.worker.ts': 'training.worker.mjs',
};

/** Tries one environment in a folder below `parent`, which is removed afterwards. */
export async function tryEnvironment(
  environment: Environment,
  server: PackageServer,
  parent: string,
): Promise<Row> {
  const folder = join(parent, 'user');
  const project = { folder, registry: server.url };
  const { name, commandLine = false, beside = {}, install = npmInstall, build, run } = environment;
  let reached: Pick<Row, 'installs' | 'builds'> = { installs: false };
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  mkdirSync(folder);
  try {
    for (const [from, to] of Object.entries(PROGRAM)) {
      const source = readFileSync(join(import.meta.dirname, 'programs', from), 'utf8');
      writeFileSync(join(folder, to), transformSync(source, { loader: 'ts', target: 'es2022' }).code);
    }
    const dependencies = { ...packagesOf(server, commandLine), ...beside };
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'user', private: true, type: 'module', dependencies }, null, 2),
    );
    writeFileSync(join(folder, '.npmrc'), `@thawjs:registry=${server.url}/\n`);
    await install(project);
    reached = { ...reached, installs: true, ...(build && { builds: false }) };
    await build?.(project);
    if (build) reached = { ...reached, builds: true };
    return { name, ...reached, ...(await run(project)), seconds: seconds() };
  } catch (error) {
    return { name, ...reached, error: (error as Error).message, seconds: seconds() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The packages that a README says to install: the library's packages and their peers, or only `thaw`. */
function packagesOf({ dependencies }: PackageServer, commandLine: boolean): Record<string, string> {
  const { thaw, ...library } = dependencies;
  if (commandLine) return { thaw };
  return { ...library, '@tensorflow/tfjs-core': '^4.22.0', '@tensorflow/tfjs-layers': '^4.22.0' };
}

async function npmInstall({ folder }: { readonly folder: string }): Promise<void> {
  await command(folder, 'npm', ['install', '--ignore-scripts']);
}

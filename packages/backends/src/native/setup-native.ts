import { mkdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type AddonRecord, addonFault, addonRecordPath } from './addon-record';
import { asSetupError } from './as-setup-error';
import { cacheFolder } from './cache-folder';
import { checkAddon } from './check-addon';
import { type AddonPair, cachedAddons, compileAddons } from './compile-addon';
import { downloadWheel } from './download-wheel';
import { findCompiler } from './find-compiler';
import { findPython } from './find-python';
import { findTfjsNode, type TfjsNode } from './find-tfjs-node';
import { NativeSetupError } from './native-setup-error';
import { placeFile } from './place-file';
import { type InstallerLimits, runInstaller } from './run-installer';
import { fillCache, isCacheWhole, removePartialCaches, tensorflowFolder } from './tensorflow-cache';
import { type TensorflowWheel, tensorflowWheel } from './tensorflow-wheel';
import { unpackWheel } from './unpack-wheel';
import { withLock } from './with-lock';

/** How to set up the native backend; every part has a default that suits. */
export interface NativeSetupOptions {
  /** Which ways may be tried where the addon is missing: tfjs-node's installer, the PyPI wheel, or both in turn (default). */
  readonly from?: 'any' | 'installer' | 'wheel';
  /** A TensorFlow wheel that is already on this machine: used in place of a download, where the cache has none. */
  readonly wheel?: string;
  /** Check the content of the cached libraries, not only their sizes (a second a gigabyte). Default false. */
  readonly verify?: boolean;
  /** The folder from which tfjs-node is looked for. Default: the working directory. */
  readonly project?: string;
  /** Where TensorFlow's libraries are kept. Default: `cacheFolder()`. */
  readonly cache?: string;
  /** Takes one line for each thing that happens. Default: console.log. */
  readonly log?: (line: string) => void;
  /** Takes the fraction done of a long step, 0 to 1. */
  readonly onProgress?: (step: NativeSetupStep, fraction: number) => void;
  readonly installerLimits?: InstallerLimits;
}

export type NativeSetupStep = 'download' | 'unpack';

/** A native backend that loads. */
export interface NativeSetup {
  /** TensorFlow's version, e.g. '2.21.0'. */
  readonly tensorflow: string;
  /** The addon's path. */
  readonly addon: string;
  /** Where it came from: it was there, from the cache, by tfjs-node's installer, or compiled against the wheel. */
  readonly from: 'present' | 'cache' | 'installer' | 'wheel';
  /** Seconds by step, of the steps that were needed. */
  readonly seconds: Readonly<Record<string, number>>;
}

/**
 * Sees to it that tfjs-node's addon is there and loads, and returns what it found or made.
 *
 * An addon that loads is kept. Else one from the cache is placed; else tfjs-node's own installer runs; else
 * TensorFlow's libraries are taken out of the PyPI wheel and the addon is compiled against them, from the sources
 * that tfjs-node ships. Safe to interrupt and to run twice at once. Writes into the cache and into tfjs-node's folder.
 *
 * @throws {NativeSetupError} with a `code` for each thing that can be missing, and the remedy in the message
 */
export async function setupNative(options: NativeSetupOptions = {}): Promise<NativeSetup> {
  const tfjsNode = findTfjsNode(options.project);
  if (!tfjsNode) {
    throw new NativeSetupError(
      'ERR_NATIVE_TFJS_NODE_MISSING',
      'The package @tensorflow/tfjs-node is not installed.',
      'Run npm install --ignore-scripts @tensorflow/tfjs-node, then npx thaw-backends setup.',
    );
  }
  const seconds: Record<string, number> = {};
  const cache = resolve(options.cache ?? cacheFolder());
  const run: Run = { options, log: options.log ?? console.log, tfjsNode, cache, seconds };
  if (!options.verify) {
    const tensorflow = await loadedVersion(run);
    if (tensorflow) return { tensorflow, addon: tfjsNode.addon, from: 'present', seconds };
  }
  try {
    const waiting = () => run.log('another process is setting up the native backend; waiting for it');
    const made = await withLock(cache, waiting, () => setUpLocked(run));
    return { ...made, addon: tfjsNode.addon, seconds };
  } catch (error) {
    throw asSetupError(error, `Setting up the native backend in ${cache} and ${tfjsNode.folder}`);
  }
}

/** What one set-up carries along. */
interface Run {
  readonly options: NativeSetupOptions;
  readonly log: (line: string) => void;
  readonly tfjsNode: TfjsNode;
  readonly cache: string;
  readonly seconds: Record<string, number>;
}

async function setUpLocked(run: Run): Promise<Pick<NativeSetup, 'tensorflow' | 'from'>> {
  const { options, tfjsNode } = run;
  await removePartialCaches(run.cache);
  if (options.verify) await dropDamagedCache(run);
  const present = await loadedVersion(run);
  if (present) return { tensorflow: present, from: 'present' };
  const from = options.from ?? 'any';
  if (from !== 'installer') {
    const tensorflow = await fromCache(run);
    if (tensorflow) return { tensorflow, from: 'cache' };
  }
  if (from !== 'wheel' && !options.wheel) {
    try {
      run.log(`running the installer of tfjs-node ${tfjsNode.version}`);
      const tensorflow = await timed(run, 'installer', () => runInstaller(tfjsNode, options.installerLimits));
      return { tensorflow, from: 'installer' };
    } catch (error) {
      if (!(error instanceof NativeSetupError) || from === 'installer') throw error;
      run.log(`${error.what} Going on with TensorFlow's library from PyPI.`);
    }
  }
  return { tensorflow: await fromWheel(run), from: 'wheel' };
}

async function loadedVersion(run: Run): Promise<string | undefined> {
  if (addonFault(run.tfjsNode)) return undefined;
  const check = await timed(run, 'load', () => checkAddon(run.tfjsNode.addon));
  return 'tensorflow' in check ? check.tensorflow : undefined;
}

async function dropDamagedCache(run: Run): Promise<void> {
  const folder = tensorflowFolder(run.cache, tensorflowWheel());
  if (await timed(run, 'verify', () => isCacheWhole(folder, { hash: true }))) return;
  await rm(folder, { recursive: true, force: true });
}

async function fromCache(run: Run): Promise<string | undefined> {
  const wheel = supportedWheel();
  if (!wheel) return undefined;
  const tensorflow = tensorflowFolder(run.cache, wheel);
  if (!(await isCacheWhole(tensorflow))) return undefined;
  const addons = await cachedAddons({ tfjsNode: run.tfjsNode, tensorflow, wheel });
  if (!(await exists(addons.binding)) || !(await exists(addons.quiet))) return undefined;
  const placed = await place(run, addons, tensorflow, wheel);
  if ('tensorflow' in placed) return placed.tensorflow;
  // It was made here and no longer loads: what it is made of, or it, is damaged.
  run.log(`the cached addon does not load (${placed.fault})`);
  await rm(join(tensorflow, 'addons'), { recursive: true, force: true });
  if (!(await isCacheWhole(tensorflow, { hash: true })))
    await rm(tensorflow, { recursive: true, force: true });
  return undefined;
}

async function fromWheel(run: Run): Promise<string> {
  const wheel = tensorflowWheel();
  const tensorflow = tensorflowFolder(run.cache, wheel);
  // Looked for before anything is downloaded.
  const compiler = await findCompiler();
  if (!(await isCacheWhole(tensorflow))) await fillFromWheel(run, wheel, tensorflow);
  run.log("compiling tfjs-node's addon (about 10 s)");
  const input = { tfjsNode: run.tfjsNode, tensorflow, wheel, compiler };
  const addons = await timed(run, 'compile', () => compileAddons(input));
  const placed = await place(run, addons, tensorflow, wheel);
  if ('tensorflow' in placed) return placed.tensorflow;
  await rm(join(tensorflow, 'addons'), { recursive: true, force: true });
  throw new NativeSetupError(
    'ERR_NATIVE_LOAD',
    `The addon was compiled but does not load: ${placed.fault}.`,
    'The wasm backend works here without any set-up; npx thaw-backends doctor says more.',
  );
}

async function fillFromWheel(run: Run, wheel: TensorflowWheel, tensorflow: string): Promise<void> {
  const { options } = run;
  const python = options.wheel ? undefined : await findPython();
  await demandSpace(run.cache, wheel.unpackedSize + (python ? wheel.size * 2 : 0));
  await fillCache(tensorflow, wheel, async (folder) => {
    let path = options.wheel;
    if (python) {
      run.log(`downloading ${wheel.project} ${wheel.version} (${Math.round(wheel.size / 1e6)} MB) from PyPI`);
      const onProgress = (fraction: number) => options.onProgress?.('download', fraction);
      const scratch = join(folder, 'download');
      path = await timed(run, 'download', () =>
        downloadWheel(wheel, { python, folder: scratch, onProgress }),
      );
    }
    run.log(`unpacking TensorFlow's libraries into ${tensorflow}`);
    const onProgress = (fraction: number) => options.onProgress?.('unpack', fraction);
    const files = await timed(run, 'unpack', () => unpackWheel(path as string, folder, wheel, onProgress));
    await rm(join(folder, 'download'), { recursive: true, force: true });
    return files;
  });
}

/** Puts the addon where tfjs-node looks for it, and takes it away again if it does not load there. */
async function place(
  run: Run,
  addons: AddonPair,
  tensorflow: string,
  wheel: TensorflowWheel,
): Promise<{ tensorflow: string } | { fault: string }> {
  const target = run.tfjsNode.addon;
  const paths = [addons.binding, ...wheel.libraries.map((name) => join(tensorflow, name))];
  const libraries = await Promise.all(paths.map(async (path) => ({ path, size: (await stat(path)).size })));
  const record: AddonRecord = { format: 1, tensorflow: wheel.version, libraries };
  await rm(target, { force: true });
  await mkdir(join(target, '..'), { recursive: true });
  await writeFile(addonRecordPath(run.tfjsNode), `${JSON.stringify(record)}\n`);
  await placeFile(addons.quiet, target);
  const check = await timed(run, 'load', () => checkAddon(target));
  if ('fault' in check) {
    await rm(target, { force: true });
    await rm(addonRecordPath(run.tfjsNode), { force: true });
  }
  return check;
}

async function demandSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= bytes) return;
  const gigabytes = (n: number) => `${(n / 1e9).toFixed(1)} GB`;
  throw new NativeSetupError(
    'ERR_NATIVE_DISK_FULL',
    `TensorFlow's library needs ${gigabytes(bytes)} in ${folder} while it is set up; ${gigabytes(bavail * bsize)} is free.`,
    'Free some space, or set XDG_CACHE_HOME to a folder on a larger disk, and run npx thaw-backends setup again.',
  );
}

function supportedWheel(): TensorflowWheel | undefined {
  try {
    return tensorflowWheel();
  } catch (error) {
    if (error instanceof NativeSetupError) return undefined;
    throw error;
  }
}

async function timed<T>(run: Run, step: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  try {
    return await work();
  } finally {
    run.seconds[step] = (run.seconds[step] ?? 0) + (performance.now() - start) / 1000;
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

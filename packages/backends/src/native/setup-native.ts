import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { asSetupError } from './as-setup-error';
import { cacheFolder } from './cache-folder';
import { checkAddon } from './check-addon';
import { findNative } from './find-native';
import { findTfjsNode } from './find-tfjs-node';
import { linkAddon } from './link-addon';
import { nativeFolder } from './native-folder';
import { NativeSetupError } from './native-setup-error';
import { isNativeWhole } from './native-whole';
import { removePartials } from './replace-folder';
import { runInstaller } from './run-installer';
import { setUpFromWheel } from './set-up-from-wheel';
import {
  type MadeNative,
  type NativeSetup,
  type NativeSetupOptions,
  RELEASED,
  type SetupPins,
  type SetupRun,
  timed,
} from './setup-run';
import { isCacheWhole, tensorflowFolder } from './tensorflow-cache';
import { withLock } from './with-lock';

/**
 * Finds a native backend that loads, or makes one.
 *
 * To make one, TensorFlow's libraries are extracted from the PyPI wheel, tfjs-node's files are copied from the project or
 * fetched by npm, and tfjs-node's addon is compiled. All of it goes into the user's cache. If that fails and the project
 * has tfjs-node, tfjs-node's own installer runs.
 *
 * The call may be interrupted, or run twice at once: the cache has a whole native backend or none. `node_modules` stays
 * as it is, with one exception: a tfjs-node without an addon gets a link to the cache's addon, if its folder may be written.
 *
 * @throws {NativeSetupError} with a `code` for each thing that can be missing, and the remedy in the message
 */
export function setupNative(options: NativeSetupOptions = {}): Promise<NativeSetup> {
  return setUpPinned(options, RELEASED);
}

/** `setupNative` with other pinned files. */
export async function setUpPinned(options: NativeSetupOptions, pins: SetupPins): Promise<NativeSetup> {
  const seconds: Record<string, number> = {};
  const cache = resolve(options.cache ?? cacheFolder());
  const project = resolve(options.project ?? '.');
  const run: SetupRun = { options, pins, log: options.log ?? console.log, project, cache, seconds };
  const made = (options.verify ? undefined : await present(run)) ?? (await setUpWithLock(run));
  const tfjsNode = findTfjsNode(project);
  if (tfjsNode) await linkAddon(tfjsNode, made.addon);
  return { ...made, seconds };
}

async function setUpWithLock(run: SetupRun): Promise<MadeNative> {
  try {
    const waiting = () => run.log('another process is setting up the native backend; waiting for it');
    return await withLock(run.cache, waiting, async () => {
      await clean(run.cache);
      const made = await setUpLocked(run);
      // A pip that outlived its killed set-up may have gone on meanwhile.
      await clean(run.cache);
      return made;
    });
  } catch (error) {
    throw asSetupError(error, `Setting up the native backend in ${run.cache}`);
  }
}

async function clean(cache: string): Promise<void> {
  for (const part of ['tensorflow', 'native']) await removePartials(join(cache, part));
}

async function setUpLocked(run: SetupRun): Promise<MadeNative> {
  const { options, cache } = run;
  if (options.verify) await dropDamaged(run);
  const there = await present(run);
  if (there) return there;
  // A backend whose files have the right sizes but doesn't load has damaged content, which only the hashes show.
  const found = findNative({ project: run.project, cache });
  if ('addon' in found && found.origin === 'cache') await dropDamaged(run);
  // The one for GPUs is found first, so it would stand before one that loads.
  if ('addon' in found && found.folder === nativeFolder(cache, 'cuda')) {
    await rm(found.folder, { recursive: true, force: true });
  }
  const from = options.from ?? 'any';
  if (options.cuda && (options.wheel || from === 'installer')) {
    throw new NativeSetupError(
      'ERR_NATIVE_DOWNLOAD',
      "CUDA's libraries come with TensorFlow's from PyPI: neither a wheel nor the installer of tfjs-node can be given beside cuda.",
      'Set PIP_FIND_LINKS to a folder of wheels that were downloaded elsewhere.',
    );
  }
  if (from === 'installer') return fromInstaller(run);
  try {
    return await setUpFromWheel(run);
  } catch (error) {
    const mayInstall = from === 'any' && !options.wheel && !options.cuda && findTfjsNode(run.project);
    if (!(error instanceof NativeSetupError) || !mayInstall) throw error;
    run.log(`${error.what} Trying the installer of tfjs-node.`);
    return await fromInstaller(run).catch(() => {
      throw error;
    });
  }
}

/** The native backend that is there and loads. */
async function present(run: SetupRun): Promise<MadeNative | undefined> {
  const found = findNative({ project: run.project, cache: run.cache });
  // With `from: 'wheel'`, an addon that tfjs-node's installer brought doesn't count.
  if (!('addon' in found) || (found.origin === 'package' && run.options.from === 'wheel')) return undefined;
  if (run.options.cuda && found.folder !== nativeFolder(run.cache, 'cuda')) return undefined;
  const check = await timed(run, 'load', () => checkAddon(found.addon));
  if ('tensorflow' in check) return { tensorflow: check.tensorflow, addon: found.addon, from: 'present' };
  run.log(`the native backend in ${found.folder} does not load: ${check.fault}`);
  return undefined;
}

/** Removes folders from the cache whose files differ from what was written. */
async function dropDamaged(run: SetupRun): Promise<void> {
  const wheel = run.pins.wheel(run.options);
  const native = nativeFolder(run.cache, wheel.cuda && 'cuda');
  await timed(run, 'verify', async () => {
    if (!(await isNativeWhole(native))) await rm(native, { recursive: true, force: true });
    const tensorflow = tensorflowFolder(run.cache, wheel);
    if (!(await isCacheWhole(tensorflow, { hash: true })))
      await rm(tensorflow, { recursive: true, force: true });
  });
}

async function fromInstaller(run: SetupRun): Promise<MadeNative> {
  const tfjsNode = findTfjsNode(run.project);
  if (!tfjsNode) {
    throw new NativeSetupError(
      'ERR_NATIVE_TFJS_NODE_MISSING',
      'The package @tensorflow/tfjs-node, whose installer is asked for, is not installed.',
      'Run npm install --ignore-scripts @tensorflow/tfjs-node, or npx thaw-backends setup without --from installer.',
    );
  }
  run.log(`running the installer of tfjs-node ${tfjsNode.version}`);
  const tensorflow = await timed(run, 'installer', () => runInstaller(tfjsNode, run.options.installerLimits));
  return { tensorflow, addon: tfjsNode.addon, from: 'installer' };
}

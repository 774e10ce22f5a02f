import { cacheFolder } from './cache-folder';
import { findTfjsNode } from './find-tfjs-node';
import { nativeFolder } from './native-folder';
import type { NativePlaces, NoNative } from './native-load';
import { NATIVE_ADDON, NOT_SET_UP, nativeFault } from './native-manifest';
import { hasWheel } from './tensorflow-wheel';

/** A native backend that looks whole: the one of the cache, or a tfjs-node that the user has installed with its addon. */
export interface FoundNative {
  readonly origin: 'cache' | 'package';
  readonly folder: string;
  readonly addon: string;
}

export const SET_UP = 'Run npx thaw-backends setup.';

/**
 * Finds the native backend. The cache's come before an installed tfjs-node, whose TensorFlow is older; of the cache's, the one
 * for GPUs comes first. Files are checked by their sizes alone.
 */
export function findNative({ project, cache = cacheFolder() }: NativePlaces = {}): FoundNative | NoNative {
  const { join, resolve } = process.getBuiltinModule('node:path');
  const folders = [nativeFolder(resolve(cache), 'cuda'), nativeFolder(resolve(cache))];
  const faults = folders.map(nativeFault);
  const folder = folders[faults.indexOf(undefined)];
  if (folder) return { origin: 'cache', folder, addon: join(folder, NATIVE_ADDON) };
  const installed = findTfjsNode(project);
  if (installed && hasOwnAddon(installed.addon)) {
    return { origin: 'package', folder: installed.folder, addon: installed.addon };
  }
  const fault = faults.find((one) => one !== NOT_SET_UP) ?? NOT_SET_UP;
  if (hasWheel()) return { reason: fault, remedy: SET_UP };
  return installed
    ? { reason: "tfjs-node's addon is not built", remedy: SET_UP }
    : {
        reason: `PyPI has no TensorFlow for ${process.platform}-${process.arch}`,
        remedy: 'Run npm install @tensorflow/tfjs-node, whose own installer may have one.',
      };
}

/** Whether there is an addon, and no link: set-up makes links, to what the cache has or had. */
export function hasOwnAddon(addon: string): boolean {
  const { existsSync, lstatSync } = process.getBuiltinModule('node:fs');
  return existsSync(addon) && lstatSync(addon).isFile();
}

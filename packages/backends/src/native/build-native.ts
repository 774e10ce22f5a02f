import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { STAND_INS, TFJS_NODE_IN_CACHE } from './cached-tfjs-node';
import { checkAddon } from './check-addon';
import { compileAddons } from './compile-addon';
import { type ListedFile, listFile } from './listed-files';
import { NATIVE_ADDON, NATIVE_MANIFEST, type NativeManifest } from './native-manifest';
import { NativeSetupError } from './native-setup-error';
import { replaceFolder } from './replace-folder';
import { syncFile } from './sync-file';
import type { TfjsNodeFiles } from './tfjs-node-release';

/** The inputs of a native backend's build. */
export interface NativeInput {
  /** The folder to build into. */
  readonly folder: string;
  readonly compiler: string;
  readonly tfjsNode: TfjsNodeFiles;
  /** The TensorFlow folder of the same cache. */
  readonly tensorflow: string;
  /** TensorFlow's version, and its libraries as that folder lists them. */
  readonly version: string;
  readonly libraries: readonly ListedFile[];
  /** Set in the variant for GPUs: CUDA's libraries there. */
  readonly cuda?: readonly ListedFile[] | undefined;
}

/**
 * Builds the native backend's folder: tfjs-node's files, the addons compiled from its sources, and the manifest.
 * The addons are loaded once, in a process of their own, before the folder takes its name.
 *
 * @returns TensorFlow's version as the addon says it
 * @throws {NativeSetupError} `ERR_NATIVE_COMPILE`, `ERR_NATIVE_LOAD`
 */
export async function buildNative(input: NativeInput): Promise<string> {
  let loaded = '';
  await replaceFolder(input.folder, async (folder) => {
    const scratch = join(folder, 'scratch');
    await mkdir(scratch);
    const scripts = await writeScripts(folder, input.tfjsNode);
    const addons = await compileAddons({
      ...input,
      folder,
      scratch,
      libraries: input.libraries.map(({ path }) => path),
      cuda: input.cuda?.map(({ path }) => path),
    });
    await rm(scratch, { recursive: true, force: true });
    loaded = await demandThatItLoads(join(folder, NATIVE_ADDON));
    await Promise.all(addons.map((name) => syncFile(join(folder, name))));
    const files = await Promise.all([...scripts, ...addons].map((path) => listFile(folder, path)));
    const fromHere = relative(folder, input.tensorflow);
    const manifest: NativeManifest = {
      format: 1,
      tensorflow: input.version,
      platform: `${process.platform}-${process.arch}`,
      files,
      libraries: [...input.libraries, ...(input.cuda ?? [])].map((file) => ({
        ...file,
        path: join(fromHere, file.path),
      })),
    };
    const text = `${JSON.stringify(manifest, null, 1)}\n`;
    await writeFile(join(folder, NATIVE_MANIFEST), text, { flush: true });
  });
  return loaded;
}

/** Writes tfjs-node's scripts and Thaw's stand-ins, and returns their paths in the folder. */
async function writeScripts(folder: string, tfjsNode: TfjsNodeFiles): Promise<readonly string[]> {
  const scripts = new Map<string, Uint8Array | string>(Object.entries(STAND_INS));
  for (const [path, bytes] of tfjsNode) {
    if (path.startsWith('dist/')) scripts.set(`${TFJS_NODE_IN_CACHE}/${path}`, bytes);
  }
  for (const [path, content] of scripts) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content, { flush: true });
  }
  return [...scripts.keys()];
}

async function demandThatItLoads(addon: string): Promise<string> {
  const check = await checkAddon(addon);
  if ('tensorflow' in check) return check.tensorflow;
  throw new NativeSetupError(
    'ERR_NATIVE_LOAD',
    `The addon was compiled but does not load: ${check.fault}.`,
    'The wasm backend works here without any set-up; npx thaw-backends doctor says more.',
  );
}

import { rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { buildNative } from './build-native';
import { downloadWheel } from './download-wheel';
import { fetchTfjsNode } from './fetch-tfjs-node';
import { findCompiler } from './find-compiler';
import { findPython } from './find-python';
import type { ListedFile } from './listed-files';
import { nativeFolder } from './native-folder';
import { NATIVE_ADDON } from './native-manifest';
import { NativeSetupError } from './native-setup-error';
import { PARTIAL } from './replace-folder';
import { type MadeNative, type SetupRun, timed } from './setup-run';
import { fillCache, isCacheWhole, tensorflowFolder, unpackedFiles } from './tensorflow-cache';
import type { PinnedWheel, TensorflowWheel } from './tensorflow-wheel';
import type { TfjsNodeFiles } from './tfjs-node-release';
import { unpackCudaWheel, unpackWheel } from './unpack-wheel';

/**
 * Makes the native backend in the cache: TensorFlow's libraries out of the PyPI wheel, unless the cache has them,
 * and tfjs-node's addon compiled against them. The caller holds the lock of the cache.
 *
 * @throws {NativeSetupError} with a `code` for each thing that can be missing
 */
export async function setUpFromWheel(run: SetupRun): Promise<MadeNative> {
  const wheel = run.pins.wheel(run.options);
  const tensorflow = tensorflowFolder(run.cache, wheel);
  const folder = nativeFolder(run.cache, wheel.cuda && 'cuda');
  // Looked for before anything is downloaded, as is tfjs-node, which is small.
  const compiler = await findCompiler();
  const tfjsNode = await fetched(run);
  if (!(await isCacheWhole(tensorflow))) await fillFromWheel(run, wheel, tensorflow);
  run.log("compiling tfjs-node's addon (about 10 s)");
  const unpacked = await unpackedFiles(tensorflow);
  const libraries = unpacked.filter(({ path }) => wheel.libraries.includes(path));
  const cuda = wheel.cuda && unpacked.filter(({ path }) => path.startsWith('nvidia/'));
  const input = { folder, compiler, tfjsNode, tensorflow, version: wheel.version, libraries, cuda };
  const version = await timed(run, 'compile', () => buildNative(input));
  return { tensorflow: version, addon: join(folder, NATIVE_ADDON), from: 'wheel' };
}

async function fetched(run: SetupRun): Promise<TfjsNodeFiles> {
  const scratch = join(run.cache, 'native', `${PARTIAL}${process.pid}-download`);
  const { project, log } = run;
  const sha256 = run.pins.tfjsNodeSha256;
  try {
    return await timed(run, 'fetch', () =>
      fetchTfjsNode({ tarball: run.options.tfjsNode, project, scratch, log, sha256 }),
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function fillFromWheel(run: SetupRun, wheel: TensorflowWheel, tensorflow: string): Promise<void> {
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
    return [...files, ...(python && wheel.cuda ? await fillCuda(run, wheel.cuda, folder, python) : [])];
  });
}

/** Fetches and unpacks CUDA's libraries, one wheel at a time, so that the disk holds one download at most. */
async function fillCuda(
  run: SetupRun,
  wheels: readonly PinnedWheel[],
  folder: string,
  python: string,
): Promise<readonly ListedFile[]> {
  const files: ListedFile[] = [];
  const scratch = join(folder, 'download');
  for (const wheel of wheels) {
    run.log(`downloading ${wheel.project} ${wheel.version} (${Math.round(wheel.size / 1e6)} MB) from PyPI`);
    const onProgress = (fraction: number) => run.options.onProgress?.('download', fraction);
    const path = await timed(run, 'download', () =>
      downloadWheel(wheel, { python, folder: scratch, onProgress }),
    );
    files.push(...(await timed(run, 'unpack', () => unpackCudaWheel(path, folder))));
    await rm(scratch, { recursive: true, force: true });
  }
  return files;
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

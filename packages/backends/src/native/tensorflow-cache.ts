import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TensorflowWheel } from './tensorflow-wheel';
import type { UnpackedFile } from './unpack-wheel';

/** What a finished cache folder says of itself; written last, so that a folder without it is a half-written one. */
interface Manifest {
  readonly format: 1;
  readonly tensorflow: string;
  readonly wheel: string;
  readonly files: readonly UnpackedFile[];
}

const MANIFEST = 'manifest.json';
const SCRATCH = '.partial-';

/** The folder of one TensorFlow in the cache, `<cache>/tensorflow/<version>-<platform>-<arch>`. */
export function tensorflowFolder(cache: string, wheel: Pick<TensorflowWheel, 'version'>): string {
  return join(cache, 'tensorflow', `${wheel.version}-${process.platform}-${process.arch}`);
}

/**
 * Whether a cache folder is whole: the manifest is there and every file has the size it names; with `hash`, also
 * the content (about a second a gigabyte).
 */
export async function isCacheWhole(
  folder: string,
  options: { readonly hash?: boolean } = {},
): Promise<boolean> {
  const manifest = await readManifest(folder);
  if (!manifest) return false;
  for (const file of manifest.files) {
    const path = join(folder, file.path);
    const size = await stat(path).then(
      (found) => found.size,
      () => -1,
    );
    if (size !== file.size) return false;
    if (options.hash && (await sha256(path)) !== file.sha256) return false;
  }
  return true;
}

/**
 * Fills a cache folder by `fill`, which writes into the empty folder it is given: the work happens in a folder of its
 * own beside it, which takes the final name in one rename when all is written. The caller holds the lock.
 */
export async function fillCache(
  folder: string,
  wheel: TensorflowWheel,
  fill: (folder: string) => Promise<readonly UnpackedFile[]>,
): Promise<void> {
  const parent = join(folder, '..');
  const partial = join(parent, `${SCRATCH}${process.pid}-${Date.now()}`);
  await mkdir(partial, { recursive: true });
  try {
    const files = await fill(partial);
    const manifest: Manifest = { format: 1, tensorflow: wheel.version, wheel: wheel.sha256, files };
    await writeFile(join(partial, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`, { flush: true });
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** Removes what an interrupted set-up left in the cache. The caller holds the lock, so nobody is at work there. */
export async function removePartialCaches(cache: string): Promise<void> {
  const parent = join(cache, 'tensorflow');
  for (const name of await readdir(parent).catch(() => [])) {
    if (name.startsWith(SCRATCH)) await rm(join(parent, name), { recursive: true, force: true });
  }
}

async function readManifest(folder: string): Promise<Manifest | undefined> {
  try {
    const manifest = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')) as Manifest;
    return manifest.format === 1 && Array.isArray(manifest.files) ? manifest : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}

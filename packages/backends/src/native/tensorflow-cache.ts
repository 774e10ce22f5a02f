import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { areFilesWhole, type ListedFile } from './listed-files';
import { replaceFolder } from './replace-folder';
import type { TensorflowWheel } from './tensorflow-wheel';

/** The manifest of a cache folder. It is written last, so a folder without it is unfinished. */
interface Manifest {
  readonly format: 1;
  readonly tensorflow: string;
  readonly wheel: string;
  readonly files: readonly ListedFile[];
}

const MANIFEST = 'manifest.json';

/** The folder of one TensorFlow in the cache, `<cache>/tensorflow/<version>-<platform>-<arch>`; for GPUs, with `-cuda`. */
export function tensorflowFolder(
  cache: string,
  { version, cuda }: Pick<TensorflowWheel, 'version' | 'cuda'>,
): string {
  return join(cache, 'tensorflow', `${version}-${process.platform}-${process.arch}${cuda ? '-cuda' : ''}`);
}

/**
 * Whether a cache folder is whole: the manifest is there and every file has the size it names; with `hash`, also
 * the content (about a second per gigabyte).
 */
export async function isCacheWhole(
  folder: string,
  options: { readonly hash?: boolean } = {},
): Promise<boolean> {
  const manifest = await readManifest(folder);
  if (!manifest) return false;
  return areFilesWhole(folder, manifest.files, options);
}

/** The contents of a whole cache folder. */
export async function unpackedFiles(folder: string): Promise<readonly ListedFile[]> {
  return (await readManifest(folder))?.files ?? [];
}

/** Fills a cache folder by `fill`, which writes into the empty folder it is given. The caller holds the lock. */
export async function fillCache(
  folder: string,
  wheel: TensorflowWheel,
  fill: (folder: string) => Promise<readonly ListedFile[]>,
): Promise<void> {
  await replaceFolder(folder, async (partial) => {
    const files = await fill(partial);
    const manifest: Manifest = { format: 1, tensorflow: wheel.version, wheel: wheel.sha256, files };
    await writeFile(join(partial, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`, { flush: true });
  });
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

import { type Checksum, hasChecksum } from '../digest';
import { LIST, TEXT } from '../options/check-options';
import { nodeModules } from '../platform/node';
import type { FileError, NodeModules } from '../platform/node-types';
import { CacheError, weightsCacheDir } from './cache-dir';
import { DownloadError } from './errors';
import { fetchBytes } from './fetch-bytes';
import { TRANSFER_RULES, type TransferOptions, transfer } from './transfer';

/** Options of downloads. */
export interface DownloadOptions extends TransferOptions {
  /** The cache folder. Default: `thaw/weights` in the user's cache folder. Not used in a browser. */
  readonly cacheDir?: string;
  /** Paths of possible copies. A copy with the right checksum is used instead of the network. */
  readonly otherCopies?: readonly string[];
}

export const DOWNLOAD_RULES = { ...TRANSFER_RULES, cacheDir: TEXT, otherCopies: LIST };

/**
 * Gets the bytes of a file with a known checksum: from the cache, from the folders in which Keras and PyTorch keep their
 * downloads, or by a download into the cache.
 *
 * A broken download continues where it stopped, in this call and in the next. Cached files are checked like downloaded
 * ones, and a damaged copy is replaced. The file appears in the cache whole or not at all. Two processes may download the
 * same file at the same time. In a browser there is only the browser's own cache.
 *
 * @returns the whole file, in memory
 * @throws {DownloadError} not reachable, refused, not found, a wrong checksum, no room on the disk
 */
export async function download(
  url: string,
  checksum: Checksum,
  options: DownloadOptions = {},
): Promise<Uint8Array> {
  if (!URL.canParse(url)) throw new DownloadError(url, `download: expected a URL; received "${url}".`);
  const node = nodeModules();
  if (node === undefined) {
    const bytes = await fetchBytes(url, options);
    if (!(await hasChecksum(bytes, checksum))) throw wrongChecksum(url, bytes.length, checksum);
    return bytes;
  }
  const folder = options.cacheDir ?? weightsCacheDir(node);
  const path = node.path.join(folder, node.path.basename(new URL(url).pathname));
  for (const copy of [path, ...(options.otherCopies ?? []), ...libraryCopies(node, path)]) {
    const bytes = await readIfThere(node, copy);
    if (bytes !== undefined && (await hasChecksum(bytes, checksum))) return bytes;
  }
  try {
    return await downloadTo(node, path, url, checksum, options);
  } catch (error) {
    if (!(error instanceof DownloadError) || error instanceof CacheError || options.signal?.aborted)
      throw error;
    throw new DownloadError(
      url,
      `${error.message} You can download it by hand on any machine and save it as ${path}, or pass its path as \`weights\`.`,
      { cause: error.cause },
    );
  }
}

/** The paths at which Keras and PyTorch keep a file of the same name that they have downloaded. */
function libraryCopies({ path, os, process: { env } }: NodeModules, file: string): string[] {
  const inHome = (name: string) => {
    try {
      return path.join(os.homedir(), name);
    } catch {
      return undefined; // A user without a home folder, as containers have them, has no such copies.
    }
  };
  const keras = env.KERAS_HOME || inHome('.keras');
  const cache = env.XDG_CACHE_HOME || inHome('.cache');
  const torch = env.TORCH_HOME || (cache && path.join(cache, 'torch'));
  const folders = [keras && path.join(keras, 'models'), torch && path.join(torch, 'hub', 'checkpoints')];
  return folders.flatMap((folder) => (folder ? path.join(folder, path.basename(file)) : []));
}

async function downloadTo(
  node: NodeModules,
  path: string,
  url: string,
  checksum: Checksum,
  options: DownloadOptions,
) {
  // Imported dynamically, so that a browser doesn't load it.
  const { openPartFile } = await import('./part-file');
  const part = await openPartFile(node, path, url);
  try {
    for (;;) {
      const resumed = part.length > 0;
      await transfer(url, part, options);
      const bytes = await node.fs.promises.readFile(part.path);
      if (await hasChecksum(bytes, checksum)) {
        await part.moveTo(path);
        return bytes;
      }
      await part.reset();
      // The partial file may be of another version of the file, so download it again from the first byte.
      if (!resumed) throw wrongChecksum(url, bytes.length, checksum);
    }
  } finally {
    await part.close();
  }
}

async function readIfThere({ fs }: NodeModules, path: string): Promise<Uint8Array | undefined> {
  try {
    return await fs.promises.readFile(path);
  } catch (error) {
    // The file doesn't exist or can't be read, so it has to be downloaded.
    if (['ENOENT', 'EACCES', 'EPERM', 'ENOTDIR', 'EISDIR'].includes((error as FileError).code ?? '')) {
      return undefined;
    }
    throw error;
  }
}

function wrongChecksum(url: string, length: number, checksum: Checksum): DownloadError {
  const [[algorithm, expected]] = Object.entries(checksum) as [[string, string]];
  return new DownloadError(
    url,
    `${url}: the ${length} bytes that came don't have the ${algorithm} ${expected}, and were deleted; it is not the file that was published.`,
  );
}

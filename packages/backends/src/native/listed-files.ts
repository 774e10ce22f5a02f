import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file of a folder with its expected size and hash. */
export interface ListedFile {
  /** Relative to the folder, with `/` between its parts. */
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

/** Describes a file below a folder by its present size and hash. */
export async function listFile(folder: string, path: string): Promise<ListedFile> {
  const { size } = await stat(join(folder, path));
  return { path, size, sha256: await sha256(join(folder, path)) };
}

/** Whether every file has its size; with `hash`, also its content (about a second per gigabyte). */
export async function areFilesWhole(
  folder: string,
  files: readonly ListedFile[],
  options: { readonly hash?: boolean } = {},
): Promise<boolean> {
  for (const file of files) {
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

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest('hex');
}

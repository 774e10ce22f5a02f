import type { FileError } from '@thawjs/files/node-files';
import { nodeFiles } from '@thawjs/files/node-modules';
import { writeFile } from '@thawjs/files/write-file';
import { OutputError } from './errors';

/**
 * Writes a file whole or not at all: under a temporary name, which is synced to the disk and renamed. After a
 * crash, a full disk or a power loss the file is either the old or the new one.
 *
 * @throws OutputError if the file can't be written
 */
export function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  return named(file, () => writeFile(nodeFiles, file, content));
}

/** Runs an action; its errors become OutputErrors that name the place. */
export async function named<Result>(place: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (cause) {
    const { code, message } = cause as FileError;
    const reason = code === 'ENOSPC' || code === 'EDQUOT' ? 'there is no room left on the disk' : message;
    throw new OutputError(
      `expected to write ${place}; ${reason.replace(/\.$/, '')}. Free space, or choose another folder.`,
      { cause },
    );
  }
}

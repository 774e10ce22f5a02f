import type { NodeModules } from '../platform/node';
import { syncFolder } from './sync-folder';
import { writerName } from './writer-name';

const SUFFIX = '.tmp';

/** A file's new content, whole and on the disk, under a temporary name beside the final one. */
export interface StagedFile {
  /** Gives the content its final name; what had that name is replaced. The folder must be synced afterwards. */
  place(): Promise<void>;
  /** Removes the content, if it wasn't placed. */
  discard(): Promise<void>;
}

/**
 * Writes a file's new content beside it, and waits until the disk has it.
 *
 * @throws what the file system throws, and leaves nothing behind then.
 */
export async function stageFile(
  node: NodeModules,
  file: string,
  content: Uint8Array | string,
): Promise<StagedFile> {
  const { fs } = node;
  const temporary = `${file}.${writerName(node)}${SUFFIX}`;
  const discard = () => fs.promises.rm(temporary, { force: true });
  try {
    const handle = await fs.promises.open(temporary, 'wx');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    await discard();
    throw error;
  }
  return { place: () => fs.promises.rename(temporary, file), discard };
}

/**
 * Writes a file so that a reader finds all of it or what was there before, at any moment, after a crash and after a power
 * loss too.
 */
export async function writeFile(
  node: NodeModules,
  file: string,
  content: Uint8Array | string,
): Promise<void> {
  const staged = await stageFile(node, file, content);
  try {
    await staged.place();
  } finally {
    await staged.discard();
  }
  await syncFolder(node, node.path.dirname(file));
}

/** The writer that a temporary file's name tells; undefined for a name that isn't one of `stageFile`'s. */
export function stagingWriterOf(name: string): string | undefined {
  return /^.+\.([^-]+-\d+-[0-9a-f]{8})\.tmp$/.exec(name)?.[1];
}

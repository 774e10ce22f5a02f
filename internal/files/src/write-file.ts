import { isRunning } from './is-running';
import type { NodeFiles } from './node-files';
import { syncFolder } from './sync-folder';
import { syncHandle } from './sync-handle';
import { isLeft, isWriterName, machineName, writerName } from './writer-name';

const SUFFIX = '.tmp';

/** The new content of a file, synced to the disk under a temporary name in the same folder. */
export interface StagedFile {
  /** Renames the content to its final name. A file of that name is replaced. The folder must be synced afterwards. */
  place(): Promise<void>;
  /** Removes the content, if it wasn't placed. */
  discard(): Promise<void>;
}

/**
 * Writes the new content of a file under a temporary name in the same folder, and syncs it to the disk.
 *
 * @throws errors of the file system. The temporary file is then removed.
 */
export async function stageFile(
  node: NodeFiles,
  file: string,
  content: Uint8Array | string,
): Promise<StagedFile> {
  const { fs } = node;
  const { path } = node;
  const temporary = path.join(
    path.dirname(file),
    `${shortened(path.basename(file))}.${writerName(node)}${SUFFIX}`,
  );
  const discard = () => fs.promises.rm(temporary, { force: true });
  try {
    const handle = await fs.promises.open(temporary, 'wx');
    try {
      await handle.writeFile(content);
      await syncHandle(node, handle);
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
 * Writes a file atomically: readers find the old content or the new one at any moment, even after a crash or a power loss.
 */
export async function writeFile(node: NodeFiles, file: string, content: Uint8Array | string): Promise<void> {
  const staged = await stageFile(node, file, content);
  try {
    await staged.place();
  } finally {
    await staged.discard();
  }
  // A failure to remove them is none of the write.
  await removeAbandoned(node, file).catch(() => {});
  await syncFolder(node, node.path.dirname(file));
}

/** Removes what dead writers of a file, or of a folder, left beside it under temporary names. */
export async function removeAbandoned(node: NodeFiles, file: string): Promise<void> {
  const { fs, path } = node;
  const folder = path.dirname(file);
  for (const name of await fs.promises.readdir(folder)) {
    const writer = stagingWriterOf(name, path.basename(file));
    if (writer === undefined) continue;
    const left = path.join(folder, name);
    const time = (await fs.promises.lstat(left).catch(() => undefined))?.mtimeMs ?? Date.now();
    if (isLeft(node, writer, time)) await fs.promises.rm(left, { recursive: true, force: true });
  }
}

/** Removes what ended processes of this machine left in a folder under temporary names, of whatever files. */
export async function removeLeftovers(node: NodeFiles, folder: string): Promise<void> {
  const { fs, path } = node;
  const machine = `.${machineName(node)}`;
  for (const name of await fs.promises.readdir(folder)) {
    const [, start, pid] = /^(.+)-(\d+)-[0-9a-f]{8}\.tmp$/.exec(name) ?? [];
    if (!start?.endsWith(machine) || isRunning(node, Number(pid))) continue;
    await fs.promises.rm(path.join(folder, name), { recursive: true, force: true });
  }
}

/**
 * The writer in the name of a temporary file of a file. The names of machines may have dots, so the file's own name must be
 * known.
 *
 * @returns undefined if `stageFile` doesn't make such names.
 */
export function stagingWriterOf(name: string, file: string): string | undefined {
  const start = `${shortened(file)}.`;
  if (!name.startsWith(start) || !name.endsWith(SUFFIX)) return undefined;
  const writer = name.slice(start.length, -SUFFIX.length);
  return isWriterName(writer) ? writer : undefined;
}

/** The start of a temporary name: a file's name, of which file systems take 255 bytes, must leave room for the writer's. */
function shortened(file: string): string {
  const isLong = new TextEncoder().encode(file).length > 150;
  return isLong ? [...file].slice(0, 30).join('') : file;
}

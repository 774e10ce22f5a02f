import { makeFolder } from '@thawjs/files/make-folder';
import { syncFolder } from '@thawjs/files/sync-folder';
import { abandonedLocks, withFolderLock } from '@thawjs/files/with-folder-lock';
import {
  removeAbandoned,
  type StagedFile,
  stageFile,
  stagingWriterOf,
  writeFile,
} from '@thawjs/files/write-file';
import { writerName } from '@thawjs/files/writer-name';
import { sameBytes } from '../bytes';
import type { FileError, NodeModules } from '../platform/node-types';

/** Contents of files by name. The first one is the main file, to which the others belong. */
export type FolderFiles = Readonly<Record<string, Uint8Array | string>>;

/**
 * Writes files that belong together. The folder never holds files of two versions.
 *
 * A new or empty folder appears with all its files at once. In a folder with files, all new contents are first synced to the
 * disk under temporary names. Then the other files that change are removed, the main file is replaced, and the other files get
 * their names. A crash in between leaves the main file, old or new, without some of the others. Files of other names stay.
 *
 * @throws errors of the file system. The folder is then unchanged, unless renaming itself failed.
 */
export async function writeFolder(node: NodeModules, folder: string, files: FolderFiles): Promise<void> {
  const { path } = node;
  const parent = path.dirname(path.resolve(folder));
  await makeFolder(node, parent);
  if (await appears(node, path.resolve(folder), files)) return;
  await withFolderLock(node, folder, async (checkHeld) => {
    await removeLeftovers(node, folder, files);
    await replaceFiles(node, folder, files, checkHeld);
  });
}

/** Makes the folder under a temporary name and renames it. Returns false if the folder exists and has files in it. */
async function appears(node: NodeModules, folder: string, files: FolderFiles): Promise<boolean> {
  const { fs, path } = node;
  const [parent, name] = [path.dirname(folder), path.basename(folder)];
  await removeAbandoned(node, path.join(parent, `.${name}`));
  if ((await fs.promises.readdir(folder).catch(ifNoFolder)).length > 0) return false;
  const staged = path.join(parent, `.${name}.${writerName(node)}.tmp`);
  try {
    await fs.promises.mkdir(staged);
    for (const [file, content] of Object.entries(files))
      await writeFile(node, path.join(staged, file), content);
    await fs.promises.rename(staged, folder);
    await syncFolder(node, parent);
    return true;
  } catch (error) {
    const { code, syscall } = error as FileError;
    // Another writer was first. Windows answers EPERM, even if the folder is empty.
    if (syscall === 'rename' && ['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(code ?? '')) return false;
    throw error;
  } finally {
    await fs.promises.rm(staged, { recursive: true, force: true });
  }
}

async function replaceFiles(
  node: NodeModules,
  folder: string,
  files: FolderFiles,
  checkHeld: () => Promise<void>,
): Promise<void> {
  const { fs, path } = node;
  const staged: { readonly file: string; readonly content: StagedFile }[] = [];
  try {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(folder, name);
      if (staged.length > 0 && (await hasContent(node, file, content))) continue;
      staged.push({ file, content: await stageFile(node, file, content) });
    }
    const [main, ...others] = staged;
    await checkHeld();
    for (const { file } of others) await fs.promises.rm(file, { force: true });
    await syncFolder(node, folder);
    await main.content.place();
    await syncFolder(node, folder);
    for (const { content } of others) await content.place();
    await syncFolder(node, folder);
  } finally {
    for (const { content } of staged) await content.discard();
  }
}

async function hasContent({ fs }: NodeModules, file: string, content: Uint8Array | string): Promise<boolean> {
  const there = await fs.promises.readFile(file).catch(() => undefined);
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return there !== undefined && sameBytes(there, bytes);
}

/** Removes temporary files that dead writers left in the folder. Call this with the lock held. */
async function removeLeftovers(node: NodeModules, folder: string, files: FolderFiles): Promise<void> {
  const { fs, path } = node;
  const ours = (name: string) => Object.keys(files).some((file) => stagingWriterOf(name, file) !== undefined);
  const names = (await fs.promises.readdir(folder)).filter(ours);
  for (const name of [...names, ...(await abandonedLocks(node, folder))]) {
    await fs.promises.rm(path.join(folder, name), { recursive: true, force: true });
  }
}

function ifNoFolder(error: FileError): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

import type { IncomingFile } from './incoming-file';

/**
 * The files of a drop, including those in folders at any depth. The entries are read before the first `await`, because
 * a browser empties the drop after the event.
 */
export async function readDrop(transfer: DataTransfer): Promise<IncomingFile[]> {
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  // Some programs drop files without entries.
  if (entries.length === 0) return readInput(transfer.files);
  const files = (await Promise.all(entries.map((entry) => filesOf(entry)))).flat();
  return files.sort((a, b) => a.path.localeCompare(b.path, undefined, { numeric: true }));
}

/** The files of an `<input type="file">`; those in folders have paths. */
export function readInput(files: FileList): IncomingFile[] {
  return [...files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

async function filesOf(entry: FileSystemEntry): Promise<IncomingFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    return [{ path: entry.fullPath.replace(/^\//, ''), file }];
  }
  const children = await childrenOf(entry as FileSystemDirectoryEntry);
  return (await Promise.all(children.map((child) => filesOf(child)))).flat();
}

/** All entries of a folder. A browser gives them in batches, and ends with an empty batch. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (batch.length === 0) return all;
    all.push(...batch);
  }
}

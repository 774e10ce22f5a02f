import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeFolder } from '@thawjs/files/make-folder';
import { nodeFiles } from '@thawjs/files/node-modules';
import { removeLeftovers } from '@thawjs/files/write-file';
import { writerName } from '@thawjs/files/writer-name';
import { named, writeWhole } from './write-whole';

/** A folder whose files are written atomically. */
export interface OutputFolder {
  /** The absolute path. */
  readonly path: string;
  /**
   * Writes a file, and replaces an earlier one. After a crash, a full disk or a power loss the file is either
   * the old or the new one.
   *
   * @returns the file's path
   * @throws OutputError if it can't be written
   */
  write(name: string, content: string | Uint8Array): Promise<string>;
}

/**
 * Opens a folder for results. The folder is created, and it is checked that files can be written there,
 * before hours of work are spent.
 *
 * Temporary files that ended processes left there are removed. Node only.
 *
 * @throws OutputError if it can't be made or written
 *
 * @example
 * ```ts
 * import { mkdtemp, readdir } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { historyCsv, openOutputFolder } from '@thawjs/report';
 *
 * const out = await openOutputFolder(join(await mkdtemp(join(tmpdir(), 'thaw-')), 'run'));
 * await out.write('history.csv', historyCsv([]));
 * console.log(await readdir(out.path)); // [ 'history.csv' ]
 * ```
 */
export async function openOutputFolder(path: string): Promise<OutputFolder> {
  const folder = resolve(path);
  await named(folder, async () => {
    await makeFolder(nodeFiles, folder);
    await removeLeftovers(nodeFiles, folder);
    const probe = join(folder, `.thaw-probe.${writerName(nodeFiles)}.tmp`);
    await writeFile(probe, '', { flag: 'wx' });
    await rm(probe);
  });
  return {
    path: folder,
    async write(name, content) {
      const file = join(folder, name);
      await writeWhole(file, content);
      return file;
    },
  };
}

import { makeFolder } from '@thawjs/files/make-folder';
import { writeFile } from '@thawjs/files/write-file';
import { nodeModules } from '../platform/node';
import type { FileError, NodeModules } from '../platform/node-types';
import { databaseStore } from './database-store';
import type { FileStore } from './file-store';

/** A description of what `openStore` opens, for messages. */
export const STORE_KINDS = "a folder (Node) or 'indexeddb://NAME' (browser)";

/**
 * Opens a place for files: the path of a folder under Node, or `indexeddb://NAME` in a browser. Nothing is written yet.
 *
 * @returns undefined if there is no such place here.
 */
export function openStore(place: string): FileStore | undefined {
  if (/^indexeddb:\/\/./i.test(place)) return databaseStore(place);
  const node = nodeModules();
  return node && !/^\w+:\/\//.test(place) ? folderStore(node, place) : undefined;
}

function folderStore(node: NodeModules, folder: string): FileStore {
  const at = (name: string) => node.path.join(folder, name);
  return {
    at,
    has: async (name) => node.fs.existsSync(at(name)),
    async read(name) {
      try {
        // Reading a pipe might never end.
        if (!(await node.fs.promises.stat(at(name))).isFile()) return undefined;
        return new Uint8Array(await node.fs.promises.readFile(at(name)));
      } catch (error) {
        if ((error as FileError).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async write(name, content) {
      await makeFolder(node, folder);
      await writeFile(node, at(name), content);
    },
  };
}

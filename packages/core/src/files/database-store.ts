import type { FileStore } from './file-store';

/** The database of all stores of a site, whose keys are places of files: `indexeddb://runs/1/recipe.json`. */
const DATABASE = 'thaw';
const FILES = 'files';

/**
 * A store in a browser's IndexedDB, which pages and workers of a site share.
 *
 * @returns undefined if there is no IndexedDB.
 */
export function databaseStore(place: string): FileStore | undefined {
  if (typeof indexedDB === 'undefined') return undefined;
  const at = (name: string) => `${storePlace(place)}/${name}`;
  return {
    at,
    has: async (name) => (await inDatabase('readonly', (files) => files.count(at(name)))) > 0,
    read: (name) => inDatabase('readonly', (files) => files.get(at(name))),
    async write(name, content) {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      await inDatabase('readwrite', (files) => files.put(bytes, at(name)));
    },
  };
}

/** Removes all files of a store. */
export async function clearDatabaseStore(place: string): Promise<void> {
  const start = `${storePlace(place)}/`;
  // '0' is the character after '/'.
  const range = IDBKeyRange.bound(start, `${start.slice(0, -1)}0`, false, true);
  await inDatabase('readwrite', (files) => files.delete(range));
}

/** The place of a store, however many slashes end its name. */
export function storePlace(place: string): string {
  return place.replace(/\/+$/, '');
}

/** Makes one request in a transaction of its own, and waits until the transaction is on the disk. */
async function inDatabase<Result>(
  mode: IDBTransactionMode,
  ask: (files: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const database = await openDatabase();
  try {
    return await new Promise<Result>((resolve, reject) => {
      const transaction = database.transaction(FILES, mode, { durability: 'strict' });
      const request = ask(transaction.objectStore(FILES));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? request.error);
    });
  } finally {
    database.close();
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(FILES);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

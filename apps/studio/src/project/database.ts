import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { EMPTY_PROJECT, type Project } from './project';
import { StudioError } from './studio-error';

interface Pixels {
  readonly file: Blob;
  readonly thumbnail: Blob;
}

interface StudioDatabase extends DBSchema {
  project: { key: 'current'; value: Project };
  pixels: { key: string; value: Pixels };
  /** Data of other parts of the page, by name. */
  settings: { key: string; value: unknown };
}

let opened: Promise<IDBPDatabase<StudioDatabase>> | undefined;

function database(): Promise<IDBPDatabase<StudioDatabase>> {
  opened ??= openDB<StudioDatabase>('thaw-studio', 1, {
    upgrade(db) {
      db.createObjectStore('project');
      db.createObjectStore('pixels');
      db.createObjectStore('settings');
    },
  }).catch((error: unknown) => {
    opened = undefined;
    throw new StudioError(
      `The browser doesn't let this page store anything (${error instanceof Error ? error.message : error}). Open it in a ` +
        'window that isn’t private, and allow the site to store data.',
    );
  });
  return opened;
}

export async function readProject(): Promise<Project> {
  return (await (await database()).get('project', 'current')) ?? EMPTY_PROJECT;
}

export async function writeProject(project: Project): Promise<void> {
  const transaction = (await database()).transaction('project', 'readwrite');
  void transaction.store.put(project, 'current');
  // Otherwise a page that is closed right after a change takes the change with it.
  transaction.commit();
  await transaction.done;
}

export async function writePixels(id: string, pixels: Pixels): Promise<void> {
  await (await database()).put('pixels', pixels, id);
}

/** The pixels of an image; undefined if the browser has lost them. */
export async function readPixels(id: string): Promise<Pixels | undefined> {
  return (await database()).get('pixels', id);
}

/**
 * Removes the pixels of images that aren't in the project any more. Called at the start, when no removal can be undone.
 */
export async function removePixelsExcept(ids: ReadonlySet<string>): Promise<void> {
  const db = await database();
  for (const id of await db.getAllKeys('pixels')) if (!ids.has(id)) await db.delete('pixels', id);
}

export async function readSetting<Value>(name: string): Promise<Value | undefined> {
  return (await (await database()).get('settings', name)) as Value | undefined;
}

export async function writeSetting(name: string, value: unknown): Promise<void> {
  await (await database()).put('settings', value, name);
}

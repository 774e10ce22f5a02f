import { io } from '@tensorflow/tfjs-core';
import { OptionError, SavedModelError } from '../errors';
import { clearDatabaseStore } from '../files/database-store';
import { openStore, STORE_KINDS } from '../files/open-store';
import type { RunRecipe } from './recipe/run-recipe';
import type { RunHistory } from './run-folder';
import { hasState } from './state/state-file';

/** The stored part of a run. */
export interface StoredRun {
  readonly recipe: RunRecipe;
  /** Undefined until the first epoch has ended. */
  readonly history: RunHistory | undefined;
  /** Whether there is a training state, from which `resume: true` goes on. Without it, the run begins anew. */
  readonly resumable: boolean;
}

/**
 * Reads what `fineTune` has stored of a run: for a page that offers to continue after a reload.
 *
 * @param out the `out` of the run: a folder in Node, `indexeddb://NAME` in a browser.
 * @returns undefined if there is no run.
 * @throws OptionError if there are no such places here; SavedModelError if a file isn't JSON.
 *
 * @example
 * ```ts
 * import { storedRun } from '@thawjs/core';
 *
 * const run = await storedRun('runs/none');
 * console.log(run?.resumable); // undefined
 * ```
 */
export async function storedRun(out: string): Promise<StoredRun | undefined> {
  const store = openStore(out);
  if (!store) throw new OptionError(`storedRun: expected ${STORE_KINDS}; received "${out}".`);
  const parsed = async <Content>(name: string): Promise<Content | undefined> => {
    const bytes = await store.read(name);
    try {
      return bytes && JSON.parse(new TextDecoder().decode(bytes));
    } catch (cause) {
      throw new SavedModelError(`storedRun: expected JSON in ${store.at(name)}; it is damaged.`, { cause });
    }
  };
  const recipe = await parsed<RunRecipe>('recipe.json');
  if (!recipe) return undefined;
  const checkpoint = openStore(store.at('checkpoint'));
  return {
    recipe,
    history: await parsed<RunHistory>('history.json'),
    resumable: checkpoint !== undefined && (await hasState(checkpoint)),
  };
}

/**
 * Removes a run from a browser's database, its checkpoint and model included. Does nothing if there is none.
 *
 * @param out the `out` of the run, `indexeddb://NAME`. A run in a folder is removed with the folder.
 * @throws OptionError if it isn't such a place.
 *
 * @example
 * ```ts
 * import { removeStoredRun } from '@thawjs/core';
 *
 * // In Node there are folders instead.
 * await removeStoredRun('indexeddb://runs/1').catch((error) => console.log(error.code)); // ERR_OPTION
 * ```
 */
export async function removeStoredRun(out: string): Promise<void> {
  const store = /^indexeddb:\/\//i.test(out) ? openStore(out) : undefined;
  if (!store)
    throw new OptionError(`removeStoredRun: expected indexeddb://NAME in a browser; received "${out}".`);
  const models = await io.listModels();
  for (const place of [store.at('checkpoint'), store.at('model')]) {
    if (place in models) await io.removeModel(place);
  }
  await clearDatabaseStore(out);
}

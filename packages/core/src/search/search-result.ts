import { makeFolder } from '@thawjs/files/make-folder';
import { writeFile } from '@thawjs/files/write-file';
import { OptionError } from '../errors';
import { csv } from '../files/csv';
import type { NodeModules } from '../platform/node-types';
import { unwritable } from '../training/with-run-lock';

/** One recipe of a search, and how far its run has come. */
export interface SearchTrial {
  /** The name of the recipe, and of the run's folder in the search's folder. */
  readonly name: string;
  /** The drawn parameters, or the recipe's options, as JSON. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /**
   * `'waiting'`: it hasn't run in full, and may. `'stopped'`: the halving gave it up. `'finished'`: all its epochs ran, or
   * early stopping ended them. `'diverged'`: a loss wasn't finite.
   */
  readonly status: 'waiting' | 'stopped' | 'finished' | 'diverged';
  /** The best value of the monitored number so far; null if there is none. */
  readonly score: number | null;
  /** The epochs that ran, and those of the whole recipe (null before the run has begun). */
  readonly epochs: number;
  readonly totalEpochs: number | null;
  /** Wall time of the trial. */
  readonly seconds: number;
  /** The error that ended a diverged trial. */
  readonly error?: string;
}

/** The trials of a search, as JSON: the content of `search.json`. */
export interface SearchResult {
  readonly format: 'thaw-search';
  readonly version: 1;
  /** The number of history rows that is compared, and whether a smaller or larger value is better. */
  readonly monitor: string;
  readonly mode: 'min' | 'max';
  /** In the order of the recipes. */
  readonly trials: readonly SearchTrial[];
  /** The name of the finished trial with the best score; null without one. */
  readonly best: string | null;
  /** Whether a signal ended the search. */
  readonly interrupted: boolean;
}

const NAMES = { json: 'search.json', csv: 'search.csv' } as const;

/**
 * Writes `search.json`, and `search.csv` with a row per trial, the best first. The folder is made if there is none.
 *
 * @throws OptionError if they can't be written
 */
export async function writeSearch(node: NodeModules, folder: string, result: SearchResult): Promise<void> {
  const ranked = result.trials.toSorted((a, b) => compareScores(result.mode, a.score, b.score));
  const rows = ranked.map(({ parameters, score, ...trial }) => ({
    name: trial.name,
    [result.monitor]: score,
    status: trial.status,
    epochs: trial.epochs,
    seconds: Number(trial.seconds.toFixed(1)),
    ...parameters,
    error: trial.error,
  }));
  const write = (name: string, text: string) => writeFile(node, node.path.join(folder, name), text);
  try {
    await makeFolder(node, folder);
    await write(NAMES.json, `${JSON.stringify(result, null, 2)}\n`);
    await write(NAMES.csv, csv(rows));
  } catch (cause) {
    throw unwritable(folder, cause as Error, 'search');
  }
}

/**
 * Reads `search.json` of a folder.
 *
 * @returns undefined if there is none.
 * @throws OptionError if the file is no search's.
 */
export async function readSearch(node: NodeModules, folder: string): Promise<SearchResult | undefined> {
  const file = node.path.join(folder, NAMES.json);
  if (!node.fs.existsSync(file)) return undefined;
  let found: Partial<SearchResult> | null = null;
  try {
    found = JSON.parse(await node.fs.promises.readFile(file, 'utf8'));
  } catch {
    // Not JSON: refused below.
  }
  if (found?.format === 'thaw-search' && found.version === 1 && Array.isArray(found.trials)) {
    return found as SearchResult;
  }
  throw new OptionError(
    `search: expected the table of a search in ${file}; it is something else. Give another folder.`,
  );
}

/** Negative if the first score is better. Scores that don't exist come last. */
export function compareScores(mode: 'min' | 'max', a: number | null, b: number | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return mode === 'min' ? a - b : b - a;
}

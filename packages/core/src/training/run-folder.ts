import * as tf from '@tensorflow/tfjs-core';
import { ThawError } from '@thawjs/errors';
import type { Classifier } from '../classifier/classifier';
import { OptionError } from '../errors';
import { csv } from '../files/csv';
import { openStore, STORE_KINDS } from '../files/open-store';
import { nodeModules } from '../platform/node';
import type { Callback } from './callback';
import { checkpoint } from './callbacks/checkpoint';
import type { FineTuneOptions, Run } from './fine-tune-options';
import type { HistoryRow } from './history';
import type { MonitorOptions } from './monitor';
import type { RunRecipe } from './recipe/run-recipe';
import { unwritable } from './with-run-lock';

/** The content of `history.json` in a run's folder. NaN is null in the file. */
export interface RunHistory {
  readonly format: 'thaw-history';
  readonly version: 1;
  readonly rows: readonly HistoryRow[];
  /** Wall time by phase; empty until the run ends. */
  readonly seconds: Readonly<Record<string, number>>;
  /** The notes that callbacks got by `onNote`. */
  readonly notes: readonly string[];
  /** See `Run`; null until the run ends. */
  readonly baseRateLoss: number | null;
  /** Whether all phases have run, and `model` holds the result. */
  readonly finished: boolean;
  readonly interrupted: boolean;
  /** When the file was written, in ISO 8601. */
  readonly written: string;
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * A run has ended, but its result can't be written to the run's folder, for example because the disk is full. The classifier
 * is trained; it can be saved elsewhere.
 */
export class RunFolderError extends ThawError {
  override readonly name = 'RunFolderError';
  readonly code = 'ERR_RUN_FOLDER';

  constructor(
    message: string,
    /** The run that `fineTune` would have returned. */
    readonly run: Run,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * The folder of a run, or its part of a browser's database: `recipe.json`, `history.json`, `history.csv`, `checkpoint/` and
 * `model/`.
 */
export interface RunFolder {
  /** The folder that a run is resumed from. */
  readonly checkpoint: string;
  /** Writes the recipe. Call it before anything is computed. @throws OptionError if it can't be written */
  begin(recipe: RunRecipe): Promise<void>;
  /** The callbacks that write history and checkpoints. */
  callbacks(monitor: MonitorOptions): readonly Callback[];
  /** Writes the model, unless the run was interrupted, and the last history. @throws RunFolderError */
  finish(classifier: Classifier, run: Run): Promise<void>;
}

/**
 * Opens the folder of a run. Nothing is written yet.
 *
 * @throws OptionError if `out` is no place for files here, or the folder holds a run and `resume` isn't true.
 */
export async function openRunFolder({ out, resume }: FineTuneOptions): Promise<RunFolder | undefined> {
  if (out === undefined) {
    if (resume !== true) return undefined;
    throw new OptionError(
      "fineTune: expected out, the folder to resume, or resume: 'FOLDER'; received resume: true.",
    );
  }
  const store = openStore(out);
  if (!store) throw new OptionError(`fineTune: expected out to be ${STORE_KINDS}; received "${out}".`);
  if (resume === undefined && (await store.has('recipe.json'))) {
    throw new OptionError(
      `fineTune: expected out to be a new folder; "${out}" holds a run. Pass resume: true to continue it, or another folder.`,
    );
  }
  const notes: string[] = [];
  const write = async (rows: readonly HistoryRow[], end?: Run): Promise<void> => {
    const history: RunHistory = {
      format: 'thaw-history',
      version: 1,
      rows,
      seconds: end?.seconds ?? {},
      notes,
      baseRateLoss: end?.baseRateLoss ?? null,
      finished: end !== undefined && !end.interrupted,
      interrupted: end?.interrupted ?? false,
      written: new Date().toISOString(),
      versions: { ...ofRuntime(), tfjs: tf.version_core, backend: tf.getBackend() },
    };
    await store.write('history.json', json(history));
    await store.write('history.csv', csv(rows));
  };
  return {
    checkpoint: store.at('checkpoint'),
    begin: (recipe) =>
      store.write('recipe.json', json(recipe)).catch((cause: Error) => {
        throw unwritable(out, cause);
      }),
    callbacks: ({ monitor, mode, minDelta }) => [
      {
        onNote: (text) => {
          notes.push(text);
        },
        async onEpochEnd(_, context) {
          await write(context.history).catch((error: Error) =>
            context.note(`no history of this epoch in ${out}, training goes on: ${error.message}`),
          );
        },
        state: () => ({ json: { notes: [...notes] } }),
        restore({ json }) {
          const before = (json as { notes: string[] }).notes;
          // A phase that goes on tells again what it told when it began.
          const since = notes.filter((text) => !before.includes(text));
          notes.splice(0, notes.length, ...before, ...since);
        },
      },
      checkpoint(store.at('checkpoint'), { monitor, mode, minDelta }),
    ],
    async finish(classifier, run) {
      try {
        if (!run.interrupted) await classifier.save(store.at('model'));
        await write(run.history, run);
      } catch (cause) {
        throw new RunFolderError(
          `fineTune: expected to write the result to ${out}; ${(cause as Error).message} The training is done, and the ` +
            'classifier has the trained weights: save it elsewhere, by classifier.save(FOLDER).',
          run,
          { cause },
        );
      }
    },
  };
}

/** The version of Node; in a browser what it calls itself. */
function ofRuntime(): Readonly<Record<string, string>> {
  const node = nodeModules();
  return node ? { node: node.process.version } : { browser: navigator.userAgent };
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

import * as tf from '@tensorflow/tfjs-core';
import { ThawError } from '@thawjs/errors';
import type { Classifier } from '../classifier/classifier';
import { OptionError } from '../errors';
import { csv } from '../files/csv';
import { makeFolder } from '../files/make-folder';
import { writeFile } from '../files/write-file';
import { nodeModules } from '../platform/node';
import type { Callback } from './callback';
import { checkpoint } from './callbacks/checkpoint';
import type { FineTuneOptions, Run } from './fine-tune-options';
import type { HistoryRow } from './history';
import type { MonitorOptions } from './monitor';
import type { RunRecipe } from './recipe/run-recipe';

/** The content of `history.json` in a run's folder. NaN is null in the file. */
export interface RunHistory {
  readonly format: 'thaw-history';
  readonly version: 1;
  readonly rows: readonly HistoryRow[];
  /** Wall time by phase; empty until the run ends. */
  readonly seconds: Readonly<Record<string, number>>;
  /** What callbacks were told by `onNote`. */
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
    /** What `fineTune` would have returned. */
    readonly run: Run,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The folder of a run: `recipe.json`, `history.json`, `history.csv`, `checkpoint/` and `model/`. */
export interface RunFolder {
  /** The folder that a run is resumed from. */
  readonly checkpoint: string;
  /** Writes the recipe. Call it before anything is computed. */
  begin(recipe: RunRecipe): Promise<void>;
  /** The callbacks that write history and checkpoints. */
  callbacks(monitor: MonitorOptions): readonly Callback[];
  /** Writes the model, unless the run was interrupted, and the last history. @throws RunFolderError */
  finish(classifier: Classifier, run: Run): Promise<void>;
}

/**
 * Opens the folder of a run. Nothing is written yet.
 *
 * @throws OptionError if there is no file system, or the folder holds a run and `resume` isn't true.
 */
export function openRunFolder({ out, resume }: FineTuneOptions): RunFolder | undefined {
  if (out === undefined) {
    if (resume !== true) return undefined;
    throw new OptionError(
      "fineTune: expected out, the folder to resume, or resume: 'FOLDER'; received resume: true.",
    );
  }
  const node = nodeModules();
  if (!node) {
    throw new OptionError(`fineTune: expected no out where there is no file system; received "${out}".`);
  }
  const at = (name: string) => node.path.join(out, name);
  if (resume === undefined && node.fs.existsSync(at('recipe.json'))) {
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
      versions: { node: node.process.version, tfjs: tf.version_core, backend: tf.getBackend() },
    };
    await writeFile(node, at('history.json'), json(history));
    await writeFile(node, at('history.csv'), csv(rows));
  };
  return {
    checkpoint: at('checkpoint'),
    async begin(recipe) {
      await makeFolder(node, out);
      await writeFile(node, at('recipe.json'), json(recipe));
    },
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
          notes.unshift(...before.filter((text) => !notes.includes(text)));
        },
      },
      checkpoint(at('checkpoint'), { monitor, mode, minDelta }),
    ],
    async finish(classifier, run) {
      try {
        if (!run.interrupted) await classifier.save(at('model'));
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

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

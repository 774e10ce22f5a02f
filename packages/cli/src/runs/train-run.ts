import {
  type Callback,
  type Classifier,
  type Evaluation,
  evaluate,
  type FineTuneOptions,
  fineTune,
  progress,
  type Run,
  RunFolderError,
} from '@thawjs/core';
import type { DatasetSplit, ImageDataset } from '@thawjs/datasets';
import { type OutputFolder, openOutputFolder } from '@thawjs/report';
import { classDistribution } from '../analysis/class-distribution';
import type { TrainFlags } from '../commands/train';
import type { Terminal } from '../terminal/terminal';
import { type ExistingRun, removeRun, runToResume } from './open-run';
import { runCommandText } from './run-command';
import { PARTS, runPartsText } from './run-parts';
import { type ResultFiles, type RunResults, writeResults } from './write-results';

/** The inputs and outputs of {@link trainRun}. */
export interface TrainRunOptions extends ExistingRun, ResultFiles {
  readonly split: DatasetSplit<ImageDataset>;
  /** The run's folder. */
  readonly out: string;
  /** Options of `fineTune`; those that are left out are chosen. */
  readonly recipe: Omit<FineTuneOptions, 'train' | 'validation' | 'out' | 'resume' | 'signal'>;
  /** The contents of `command.json` for later commands: the paths of the data, and the flags that open it. */
  readonly command: { readonly data: readonly string[]; readonly flags: TrainFlags };
  /** The class distributions for the report. Default: the images per class of each part. */
  readonly distribution?: RunResults['distribution'];
  readonly title?: string;
  readonly subtitle?: string;
  /** More facts for the report; called after the training. */
  readonly facts?: (run: Run) => Readonly<Record<string, string | number>>;
}

/** The result of a training. */
export interface TrainedRun {
  readonly run: Run;
  /** Undefined without test images, and if the run or the evaluation was interrupted. */
  readonly evaluation: Evaluation | undefined;
  /** Whether the terminal's signal ended the training or the evaluation: `resume` goes on. */
  readonly isUnfinished: boolean;
}

/**
 * Trains a classifier in a run's folder, evaluates it on the test part, and writes the results. A run that the
 * terminal's signal interrupts isn't evaluated. Its folder then has the checkpoint, the history and a report of the
 * history, and `resume` continues the run. If the signal interrupts the evaluation, the folder also has the model.
 *
 * @throws CommandError if the folder has a run that is neither resumed nor replaced; ResultsError if files can't be
 * written, after all others have been written
 */
export async function trainRun(
  model: Classifier,
  { split, out: folder, recipe, command, ...options }: TrainRunOptions,
  terminal: Terminal,
): Promise<TrainedRun> {
  const out = await openOutputFolder(folder);
  const isNew = !(await runToResume(folder, options));
  if (isNew && options.overwrite) await removeRun(folder);
  const { train, validation, test } = split;
  const { run, failure } = await ended(
    fineTune(model, {
      ...recipe,
      train,
      ...(validation.length > 0 && { validation }),
      out: folder,
      resume: true,
      signal: terminal.signal,
      callbacks: [
        ...(isNew ? [describeRun(out, split, command)] : []),
        progress({ log: terminal.note }),
        ...(recipe.callbacks ?? []),
      ],
    }),
  );
  const isTested = test.length > 0 && !run.interrupted;
  const { signal } = terminal;
  const evaluation = isTested
    ? await evaluate(model, test, { intervals: true, signal }).catch((error: unknown) => {
        if (!signal.aborted || error !== signal.reason) throw error;
        return undefined;
      })
    : undefined;
  const { title, subtitle, facts, distribution = distributionOf(split) } = options;
  await writeResults(
    out,
    { model, run, evaluation, test, distribution, title, subtitle, facts: facts?.(run) },
    options,
    failure && { model: () => Promise.reject(failure) },
  );
  return { run, evaluation, isUnfinished: run.interrupted || (isTested && !evaluation) };
}

/**
 * Writes the split and the command before the first step. `fineTune` holds the folder then, so that a second command
 * that was started at the same time can't put its own split beside this run.
 */
function describeRun(
  out: OutputFolder,
  split: DatasetSplit<ImageDataset>,
  { data, flags }: TrainRunOptions['command'],
): Callback {
  let isWritten = false;
  return {
    async onPhaseBegin() {
      if (isWritten) return;
      isWritten = true;
      await out.write('split.csv', runPartsText(split));
      await out.write('command.json', runCommandText(data, flags));
    },
  };
}

/** The images per class of each part of a split. */
export function distributionOf(parts: Readonly<Record<(typeof PARTS)[number], ImageDataset>>) {
  return PARTS.filter((part) => parts[part].length > 0).map((part) => classDistribution(part, parts[part]));
}

/** The run, and the error if its model couldn't be written. The model in memory can still be evaluated. */
async function ended(training: Promise<Run>): Promise<{ run: Run; failure?: RunFolderError }> {
  try {
    return { run: await training };
  } catch (error) {
    if (!(error instanceof RunFolderError)) throw error;
    return { run: error.run, failure: error };
  }
}

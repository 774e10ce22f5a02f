import {
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
import { openOutputFolder } from '@thawjs/report';
import { classDistribution } from '../analysis/class-distribution';
import type { TrainFlags } from '../commands/train';
import type { Terminal } from '../terminal/terminal';
import { type ExistingRun, removeRun, runToResume } from './open-run';
import { runCommandText } from './run-command';
import { PARTS, runPartsText } from './run-parts';
import { type ResultFiles, type RunResults, writeResults } from './write-results';

/** What {@link trainRun} trains on, and what it writes. */
export interface TrainRunOptions extends ExistingRun, ResultFiles {
  readonly split: DatasetSplit<ImageDataset>;
  /** The run's folder. */
  readonly out: string;
  /** Options of `fineTune`; those that are left out are chosen. */
  readonly recipe: Omit<FineTuneOptions, 'train' | 'validation' | 'out' | 'resume' | 'signal'>;
  /** What `command.json` tells later commands: where the data is, and the flags that open it. */
  readonly command: { readonly data: readonly string[]; readonly flags: TrainFlags };
  /** For the report; default: the images per class of each part. */
  readonly distribution?: RunResults['distribution'];
  readonly title?: string;
  readonly subtitle?: string;
  /** For the report, called after the training. */
  readonly facts?: (run: Run) => Readonly<Record<string, string | number>>;
}

/** What came of a training. */
export interface TrainedRun {
  readonly run: Run;
  /** Undefined without test images, and for a run that was interrupted. */
  readonly evaluation: Evaluation | undefined;
}

/**
 * Trains a classifier in a run's folder, evaluates it on the test part, and writes what there is to read. A run that the
 * terminal's signal interrupts isn't evaluated: its folder has the checkpoint, the history and a report of that, and `resume`
 * goes on.
 *
 * @throws CommandError if the folder has a run which neither goes on nor is replaced; ResultsError if files can't be
 * written, after all others are
 */
export async function trainRun(
  model: Classifier,
  { split, out: folder, recipe, command, ...options }: TrainRunOptions,
  terminal: Terminal,
): Promise<TrainedRun> {
  const out = await openOutputFolder(folder);
  if (!(await runToResume(folder, options))) {
    if (options.overwrite) await removeRun(folder);
    await out.write('split.csv', runPartsText(split));
    await out.write('command.json', runCommandText(command.data, command.flags));
  }
  const { train, validation, test } = split;
  const { run, failure } = await ended(
    fineTune(model, {
      ...recipe,
      train,
      ...(validation.length > 0 && { validation }),
      out: folder,
      resume: true,
      signal: terminal.signal,
      callbacks: [progress({ log: terminal.note }), ...(recipe.callbacks ?? [])],
    }),
  );
  const isTested = test.length > 0 && !run.interrupted;
  const evaluation = isTested
    ? await evaluate(model, test, { intervals: true, signal: terminal.signal })
    : undefined;
  const { title, subtitle, facts, distribution = distributionOf(split) } = options;
  await writeResults(
    out,
    { model, run, evaluation, test, distribution, title, subtitle, facts: facts?.(run) },
    options,
    failure && { model: () => Promise.reject(failure) },
  );
  return { run, evaluation };
}

/** The images per class of each part of a split. */
export function distributionOf(parts: Readonly<Record<(typeof PARTS)[number], ImageDataset>>) {
  return PARTS.filter((part) => parts[part].length > 0).map((part) => classDistribution(part, parts[part]));
}

/** The run, and why its model could not be written, if so: the model in memory can be evaluated. */
async function ended(training: Promise<Run>): Promise<{ run: Run; failure?: RunFolderError }> {
  try {
    return { run: await training };
  } catch (error) {
    if (!(error instanceof RunFolderError)) throw error;
    return { run: error.run, failure: error };
  }
}

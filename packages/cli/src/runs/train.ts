import { join } from 'node:path';
import type { FineTuneOptions } from '@thawjs/core';
import { openOutputFolder } from '@thawjs/report';
import type { TrainFlags } from '../commands/train';
import { startBackend } from '../compute';
import { checkData } from '../data/open-data';
import { UsageError } from '../errors';
import { path } from '../terminal/parse-value';
import type { Terminal } from '../terminal/terminal';
import { runToResume } from './open-run';
import { openTraining, sharedOptions } from './open-training';
import { type TrainedRun, trainRun } from './train-run';

/** The result of `thaw train`. */
interface Trained extends TrainedRun {
  /** The path of the report, if one was written. */
  readonly report: string | undefined;
}

/**
 * Trains a model with the options of a command line, and evaluates it on the test part. Everything is written to the
 * run folder.
 *
 * @throws UsageError if no data is given; CommandError if the folder has a run and neither `--resume` nor `--overwrite` is
 * given
 */
export async function train(
  named: readonly string[],
  given: TrainFlags,
  terminal: Terminal,
): Promise<Trained> {
  const before = await runToResume(given.out, given);
  const data = before?.data ?? named.map(path);
  const flags: TrainFlags = before ? { ...before.flags, out: given.out } : given;
  if (given.resume && !before && data.length === 0)
    throw new UsageError(
      `expected a run to go on with in ${flags.out}; found none. Check --out, or name the data to begin a run there.`,
    );
  checkData(data);
  await openOutputFolder(flags.out);
  const { split, newModel } = await openTraining(data, flags, terminal);
  await startBackend(flags, terminal);
  const report = flags.report && join(flags.out, 'report.html');
  const options = {
    split,
    out: flags.out,
    recipe: {
      ...sharedOptions(flags),
      ...phasesOf(flags),
      // Flags may say all of a recipe, in which `fineTune` then chooses nothing.
      ...(split.validation.length > 0 && { tune: true }),
    },
    command: { data, flags },
    report,
    pictures: flags.pictures ?? false,
    resume: before !== undefined,
    overwrite: given.overwrite ?? false,
  };
  const trained = await trainRun(await newModel(), options, terminal);
  return { ...trained, report: report || undefined };
}

function phasesOf(flags: TrainFlags): Partial<FineTuneOptions> {
  const { headEpochs, thawEpochs, learningRate, freezeFirst, layerDecay, stochasticDepth } = flags;
  const thaw = {
    ...(thawEpochs !== undefined && { epochs: thawEpochs }),
    ...(learningRate !== undefined && { learningRate }),
    ...(freezeFirst !== undefined && { freezeFirst }),
    ...(layerDecay !== undefined && { layerDecay }),
    ...(stochasticDepth !== undefined && { stochasticDepth }),
  };
  return {
    ...(headEpochs !== undefined && { head: headEpochs > 0 && { epochs: headEpochs } }),
    ...((thawEpochs === 0 || Object.keys(thaw).length > 0) && { thaw: thawEpochs !== 0 && thaw }),
  };
}

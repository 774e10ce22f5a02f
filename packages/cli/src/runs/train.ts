import { join } from 'node:path';
import { type Classifier, evaluate, type FineTuneOptions, fineTune, progress } from '@thawjs/core';
import { openOutputFolder, writeReport } from '@thawjs/report';
import type { TrainFlags } from '../commands/train';
import { startBackend } from '../compute';
import { CommandError } from '../errors';
import { path } from '../terminal/parse-value';
import type { Terminal } from '../terminal/terminal';
import { openTraining, sharedOptions } from './open-training';
import { isRun, readRunCommand, runCommandText } from './run-command';
import { runPartsText } from './run-parts';
import { writeEvaluation } from './write-evaluation';

/**
 * Trains a model as a command line asks for, and evaluates it on the test part. Everything is written to the run folder. A run
 * that the terminal's signal interrupts isn't evaluated: its folder has the checkpoint, the history and a report of that.
 *
 * @throws CommandError if the folder has a run and `--resume` isn't given
 */
export async function train(named: readonly string[], given: TrainFlags, terminal: Terminal) {
  const isThere = isRun(given.out);
  if (isThere && !given.resume) {
    throw new CommandError(
      `expected a folder without a run; ${given.out} has one. Go on with it by --resume, or choose another --out.`,
    );
  }
  const before = isThere ? await readRunCommand(given.out) : undefined;
  const paths = before?.data ?? named.map(path);
  const flags: TrainFlags = before ? { ...before.flags, out: given.out } : given;
  const out = await openOutputFolder(flags.out);
  await startBackend(flags, terminal);
  const { split, newModel } = await openTraining(paths, flags, terminal);
  const model = await newModel();
  if (!before) {
    await out.write('split.csv', runPartsText(split));
    await out.write('command.json', runCommandText(paths, flags));
  }
  const { train, validation, test } = split;
  const run = await fineTune(model, {
    train,
    ...(validation.length > 0 && { validation }),
    out: flags.out,
    resume: true,
    signal: terminal.signal,
    callbacks: [progress({ log: terminal.note })],
    ...sharedOptions(flags),
    ...phasesOf(flags),
  });
  const isTested = test.length > 0 && !run.interrupted;
  const evaluation = isTested
    ? await evaluate(model, test, { intervals: true, signal: terminal.signal })
    : undefined;
  if (evaluation) await writeEvaluation(evaluation, out);
  const report = flags.report ? join(flags.out, 'report.html') : undefined;
  if (report !== undefined) await writeReport({ title: titleOf(model), run, test, evaluation }, report);
  return { evaluation, report, interrupted: run.interrupted };
}

/** The title of a model's report. */
export function titleOf({ backboneName, labels }: Classifier): string {
  return `${labels.length} labels, ${backboneName}`;
}

function phasesOf(flags: TrainFlags): Partial<FineTuneOptions> {
  const { headEpochs, thawEpochs, learningRate, freezeFirst, layerDecay } = flags;
  const thaw = {
    ...(thawEpochs !== undefined && { epochs: thawEpochs }),
    ...(learningRate !== undefined && { learningRate }),
    ...(freezeFirst !== undefined && { freezeFirst }),
    ...(layerDecay !== undefined && { layerDecay }),
  };
  return {
    ...(headEpochs !== undefined && { head: headEpochs > 0 && { epochs: headEpochs } }),
    ...((thawEpochs === 0 || Object.keys(thaw).length > 0) && { thaw: thawEpochs !== 0 && thaw }),
  };
}

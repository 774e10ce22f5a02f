import { type Classifier, type Evaluation, evaluate } from '@thawjs/core';
import type { ImageDataset } from '@thawjs/datasets';
import { openOutputFolder } from '@thawjs/report';
import type { EvaluateFlags } from '../commands/evaluate';
import { startBackend } from '../compute';
import { openData } from '../data/open-data';
import type { Terminal } from '../terminal/terminal';
import { openModelOf } from './model-folder';
import { partOfRun } from './run-parts';
import { writeEvaluation } from './write-evaluation';

/** Evaluates a model on data that is named, or else on a part of its run's own data. */
export async function evaluateModel(
  named: readonly string[],
  flags: EvaluateFlags,
  terminal: Terminal,
): Promise<Evaluation> {
  const out = flags.out === undefined ? undefined : await openOutputFolder(flags.out);
  await startBackend(flags, terminal);
  const model = await openModelOf(flags.model);
  const data = ordered(await dataOf(named, flags), model);
  terminal.note(`${data.length} images, ${data.labels.length} labels`);
  const { threshold, intervals, batchSize, precision, flip } = flags;
  const evaluation = await evaluate(model, data, {
    signal: terminal.signal,
    threshold,
    intervals,
    batchSize,
    precision,
    augment: flip ? 'flip' : undefined,
  });
  if (out) await writeEvaluation(evaluation, out);
  return evaluation;
}

function dataOf(named: readonly string[], flags: EvaluateFlags): Promise<ImageDataset> {
  return named.length > 0 ? openData(named, flags) : partOfRun(flags.model, flags.part);
}

/** The data with the model's labels alone, in its order. */
function ordered(data: ImageDataset, { labels }: Classifier): ImageDataset {
  const isSame = data.labels.length === labels.length && labels.every((label, i) => data.labels[i] === label);
  return isSame ? data : data.only(...labels);
}

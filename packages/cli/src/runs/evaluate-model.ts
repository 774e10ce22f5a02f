import { createHash } from 'node:crypto';
import { type Classifier, type Evaluation, evaluate } from '@thawjs/core';
import type { ImageDataset } from '@thawjs/datasets';
import { openOutputFolder } from '@thawjs/report';
import type { EvaluateFlags } from '../commands/evaluate';
import type { Shard } from '../commands/shard-option';
import { startBackend } from '../compute';
import { openData } from '../data/open-data';
import { UsageError } from '../errors';
import { readScores, scoresOf } from '../scores/read-scores';
import { runShard } from '../scores/run-shard';
import { readModelLabels, scoreJob } from '../scores/score-shard';
import { scoredEvaluation } from '../scores/scored-evaluation';
import type { Terminal } from '../terminal/terminal';
import { openModelOf } from './model-folder';
import { partOfRun } from './run-parts';
import { writeEvaluation } from './write-results';

/** Evaluates a model on the given data or, without any, on a part of the run's own data. */
export async function evaluateModel(
  named: readonly string[],
  flags: EvaluateFlags,
  terminal: Terminal,
): Promise<Evaluation> {
  if (flags.from) return evaluateFrom(flags.from, await readyData(named, flags), flags, terminal);
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

/** Evaluates one shard of the data into the folder, unless it is there already. `thaw merge` joins the shards. */
export async function evaluateShard(
  named: readonly string[],
  flags: EvaluateFlags & { readonly shard: Shard },
  terminal: Terminal,
): Promise<void> {
  const { shard, out, model: place, precision, flip = false } = flags;
  if (out === undefined)
    throw new UsageError('expected --out, the folder of all shards, beside --shard; there is none.');
  const images = await readyData(named, flags);
  const y = createHash('sha256')
    .update(images.y)
    .update(images.known ?? '')
    .digest('hex');
  const job = await scoreJob(place, { ids: images.ids, options: { precision, flip, y } });
  const open = async () => {
    await startBackend(flags, terminal);
    const model = await openModelOf(place);
    return { model, images, readable: async (some: ImageDataset) => some };
  };
  const done = await runShard({ job, shard, out, flags, labelled: true }, open, terminal);
  terminal.print(done.join('\n'));
}

/** Evaluates scores that were computed elsewhere. No backend is needed. */
async function evaluateFrom(
  files: readonly string[],
  { ids, labels, y, known }: ImageDataset,
  flags: EvaluateFlags,
  terminal: Terminal,
): Promise<Evaluation> {
  const out = flags.out === undefined ? undefined : await openOutputFolder(flags.out);
  const { thresholds } = await readModelLabels(flags.model);
  const scores = scoresOf(ids, await readScores(files, labels));
  terminal.note(`${ids.length} images, ${labels.length} labels`);
  const { threshold = thresholds, intervals } = flags;
  const evaluation = scoredEvaluation({ ids, labels, y, known, scores }, { threshold, intervals });
  if (out) await writeEvaluation(evaluation, out);
  return evaluation;
}

/** The data with the labels of the model. The model itself isn't loaded. */
async function readyData(named: readonly string[], flags: EvaluateFlags): Promise<ImageDataset> {
  return ordered(await dataOf(named, flags), await readModelLabels(flags.model));
}

function dataOf(named: readonly string[], flags: EvaluateFlags): Promise<ImageDataset> {
  return named.length > 0 ? openData(named, flags) : partOfRun(flags.model, flags.part);
}

/** The data reduced to the model's labels, in the model's order. */
function ordered(data: ImageDataset, { labels }: Pick<Classifier, 'labels'>): ImageDataset {
  const isSame = data.labels.length === labels.length && labels.every((label, i) => data.labels[i] === label);
  return isSame ? data : data.only(...labels);
}

import { basename, dirname, extname } from 'node:path';
import { type Classifier, predict } from '@thawjs/core';
import { fileImages, ImageDataset, ImageDecodeError } from '@thawjs/datasets';
import { csvTable, openOutputFolder } from '@thawjs/report';
import type { PredictFlags } from '../commands/predict';
import type { Shard } from '../commands/shard-option';
import { startBackend } from '../compute';
import { runShard } from '../scores/run-shard';
import { rowsOfShard, scoreJob } from '../scores/score-shard';
import { printable } from '../terminal/printable';
import type { Terminal } from '../terminal/terminal';
import { imageFiles } from './image-files';
import { openModelOf } from './model-folder';

/** Predicts image files, and writes the result in the form that the flags ask for. */
export async function predictFiles(
  paths: readonly string[],
  flags: PredictFlags,
  terminal: Terminal,
): Promise<void> {
  const all = await imageFiles(paths);
  if (flags.shard && flags.out !== undefined && extname(flags.out) === '') {
    await predictShard(all, { ...flags, shard: flags.shard, out: flags.out }, terminal);
    return;
  }
  const { shard } = flags;
  const files = shard ? rowsOfShard(all.length, shard).map((row) => all[row]) : all;
  const out = flags.out === undefined ? undefined : await openOutputFolder(dirname(flags.out));
  await startBackend(flags, terminal);
  const model = await openModelOf(flags.model);
  const images = await readable(dataOf(files, model), flags, terminal);
  const { batchSize, precision, flip } = flags;
  const { data } = await predict(model, images, {
    signal: terminal.signal,
    batchSize,
    precision,
    augment: flip ? 'flip' : undefined,
  }).catch((error) => {
    if (error instanceof ImageDecodeError)
      terminal.note('With --on-problem skip, images that cannot be read are left out.');
    throw error;
  });
  const rows = images.ids.map((id, row) => rowOf(id, data.subarray(row * model.labels.length), model, flags));
  const text = flags.csv ? asCsv(images.ids, data, model) : rows.map(flags.json ? asJson : asLine).join('\n');
  if (out && flags.out !== undefined)
    terminal.print(await out.write(basename(flags.out), `${text.trimEnd()}\n`));
  else terminal.print(text.trimEnd());
}

/** Predicts one shard of the files into a folder, unless it is there already. The weights are read only if needed. */
async function predictShard(
  files: readonly string[],
  flags: PredictFlags & { readonly shard: Shard; readonly out: string },
  terminal: Terminal,
): Promise<void> {
  const { shard, out, model: place, precision, flip = false } = flags;
  const job = await scoreJob(place, { ids: files, options: { precision, flip } });
  const done = await runShard(
    { job, shard, out, flags, labelled: false },
    async () => {
      await startBackend(flags, terminal);
      const model = await openModelOf(place);
      return { model, images: dataOf(files, model), readable: (some) => readable(some, flags, terminal) };
    },
    terminal,
  );
  terminal.print(done.join('\n'));
}

interface PredictedRow {
  readonly image: string;
  readonly labels: readonly {
    readonly label: string;
    readonly probability: number;
    readonly predicted: boolean;
  }[];
}

function dataOf(files: readonly string[], { labels }: Classifier): ImageDataset {
  return new ImageDataset({
    ids: files,
    labels,
    y: new Uint8Array(files.length * labels.length),
    images: fileImages(files),
  });
}

async function readable(
  all: ImageDataset,
  { onProblem }: PredictFlags,
  { note }: Terminal,
): Promise<ImageDataset> {
  if (onProblem === 'error') return all;
  const { dataset, corrupt } = await all.withoutCorrupt();
  for (const { message } of corrupt) note(message);
  return dataset;
}

function rowOf(
  image: string,
  probabilities: Float32Array,
  { labels, thresholds }: Classifier,
  { topK, threshold }: PredictFlags,
): PredictedRow {
  const all = labels.map((label, i) => {
    const probability = probabilities[i];
    // In 32 bits, as `evaluate` compares.
    return { label, probability, predicted: probability >= Math.fround(threshold ?? thresholds[i]) };
  });
  all.sort((a, b) => b.probability - a.probability);
  return { image, labels: all.slice(0, topK) };
}

function asJson(row: PredictedRow): string {
  return JSON.stringify(row);
}

/**
 * The labels that are predicted, or the most probable ones if their number is given. Colour codes in a label are
 * replaced, as they would colour the rest of the output.
 */
function asLine({ image, labels }: PredictedRow): string {
  const shown = labels.filter(({ predicted }) => predicted);
  const text = shown.map(({ label, probability }) => `${label} ${probability.toFixed(2)}`).join(', ');
  return printable(
    `${image}: ${text || `none (${labels[0].label} ${labels[0].probability.toFixed(2)} is the most probable)`}`,
  )
    .replaceAll('\n', '\ufffd')
    .replaceAll('\u001b', '\ufffd');
}

function asCsv(ids: readonly string[], data: Float32Array, { labels }: Classifier): string {
  return csvTable([
    ['image_id', ...labels],
    ...ids.map((id, row) => [id, ...data.subarray(row * labels.length, (row + 1) * labels.length)]),
  ]);
}

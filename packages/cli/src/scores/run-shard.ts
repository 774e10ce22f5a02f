import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Classifier, predict } from '@thawjs/core';
import type { ImageDataset } from '@thawjs/datasets';
import { openOutputFolder } from '@thawjs/report';
import type { ComputeFlags } from '../commands/run-options';
import type { Shard } from '../commands/shard-option';
import { CommandError } from '../errors';
import type { Terminal } from '../terminal/terminal';
import { accumulated, accumulatorsText } from './accumulator-shard';
import { readShard, rowsOfShard, type ScoreJob, type ScoreRow, shardName, shardText } from './score-shard';

/** The inputs of a shard besides its images. */
export interface ShardRun {
  readonly job: ScoreJob;
  readonly shard: Shard;
  /** The folder of all shards of the job. */
  readonly out: string;
  readonly flags: ComputeFlags & { readonly batchSize?: number; readonly flip?: boolean };
  /**
   * Whether the images have labels. The shard then contains them, and accumulators of its metrics are written beside
   * it.
   */
  readonly labelled: boolean;
}

/**
 * Computes a shard, unless its files exist already. Files appear whole under their final names. So an interrupted shard
 * is computed again, and a finished one is skipped.
 *
 * @param open opens model and images; called only if the shard must be computed
 * @returns the paths of the shard's files
 * @throws CommandError if the folder has the same shard of another job
 */
export async function runShard(
  { job, shard, out, flags, labelled }: ShardRun,
  open: () => Promise<Opened>,
  terminal: Terminal,
): Promise<string[]> {
  const names = [...(labelled ? [shardName('accumulators', shard)] : []), shardName('scores', shard)];
  const files = names.map((name) => join(out, name));
  if (await isDone(files, job)) {
    terminal.note(`shard ${shard.index + 1} of ${shard.count} is there already`);
    return files;
  }
  const folder = await openOutputFolder(out);
  const { model, images, readable } = await open();
  const numbers = rowsOfShard(job.images, shard);
  const own = images.select(numbers);
  const dataset = own.length > 0 ? await readable(own) : own;
  const rowOf = new Map(own.ids.map((id, i) => [id, numbers[i]]));
  const kept = new Set(dataset.ids);
  const skipped = own.ids.filter((id) => !kept.has(id));
  const { batchSize, precision, flip } = flags;
  const predicted =
    dataset.length > 0
      ? await predict(model, dataset, {
          signal: terminal.signal,
          batchSize,
          precision,
          augment: flip ? 'flip' : undefined,
        })
      : { data: new Float32Array() };
  const rows = dataset.ids.map((id, i): ScoreRow => {
    const cells = job.labels.map((_, label) => i * job.labels.length + label);
    return {
      row: rowOf.get(id)!,
      id,
      scores: cells.map((at) => predicted.data[at]),
      ...(labelled && {
        y: cells.map((at) => (dataset.known?.[at] === 0 ? null : (dataset.y[at] as 0 | 1))),
      }),
    };
  });
  const header = { format: 'thaw-scores', version: 1, ...job, shard, rows: rows.length, skipped } as const;
  // The scores are written last: if they exist, the shard is done.
  if (labelled) await folder.write(names[0], accumulatorsText({ job, shard }, accumulated(job, rows)));
  await folder.write(names.at(-1)!, shardText({ header, rows }));
  return files;
}

/** The model, and the images of the whole job. */
interface Opened {
  readonly model: Classifier;
  readonly images: ImageDataset;
  /** Removes images that can't be read, if the command was told to do so. */
  readonly readable: (some: ImageDataset) => Promise<ImageDataset>;
}

async function isDone(files: readonly string[], { job }: ScoreJob): Promise<boolean> {
  if (!files.every((file) => existsSync(file))) return false;
  const scores = files.at(-1)!;
  const there = await readShard(scores);
  if (there.header.job === job) {
    const others = await Promise.all(files.slice(0, -1).map((file) => readFile(file, 'utf8')));
    return others.every((text) => text.includes(job));
  }
  throw new CommandError(
    `expected shards of this job alone in the folder; ${scores} is of another model, other images or other options. ` +
      'Give --out another folder, or remove that one.',
  );
}

import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CommandError } from '../errors';
import {
  type Accumulators,
  emptyAccumulators,
  mergeAccumulators,
  parseAccumulators,
} from './accumulator-shard';
import { readShard, type ScoreJob, type ScoreRow, type ScoreShard, shardName } from './score-shard';

/** All shards of a job, joined. */
export interface MergedScores {
  readonly job: ScoreJob;
  /** In the order of the job's images. */
  readonly rows: readonly ScoreRow[];
  readonly skipped: readonly string[];
  /** Set if the shards have labels. */
  readonly accumulators?: Accumulators;
}

/**
 * Joins the shards of one job, given in any order.
 *
 * @param places files of shards, and folders of them
 * @throws CommandError names shards that are missing, overlap, or belong to another job
 */
export async function mergeShards(places: readonly string[]): Promise<MergedScores> {
  const files = (await Promise.all(places.map(filesOf))).flat();
  const scores = files.filter((file) => file.endsWith('.jsonl'));
  if (scores.length === 0)
    throw new CommandError(
      `expected shards of scores in ${places.join(', ')}; found none. Run thaw predict --shard.`,
    );
  const shards: (ScoreShard & { file: string })[] = [];
  for (const file of scores) shards.push({ ...(await readShard(file)), file });
  const [{ header: first, file: firstFile }] = shards;
  for (const { header, file } of shards) {
    if (header.job === first.job && header.shard.count === first.shard.count) continue;
    const other =
      header.job === first.job ? `of ${header.shard.count} parts` : 'of another model, images or options';
    throw new CommandError(
      `expected shards of one job; ${file} is ${other} than ${firstFile}. Merge each job by itself.`,
    );
  }
  const rows = joined(shards);
  const { job, labels, thresholds, images } = first;
  const merged = {
    job: { job, labels, thresholds, images },
    rows,
    skipped: shards.flatMap(({ header }) => header.skipped),
  };
  const isLabelled = rows.length > 0 && rows.every(({ y }) => y !== undefined);
  if (!isLabelled) return merged;
  const beside = files.filter((file) => file.endsWith('.json'));
  return { ...merged, accumulators: await mergedAccumulators(beside, merged.job, first.shard.count) };
}

function joined(shards: readonly (ScoreShard & { file: string })[]): ScoreRow[] {
  const [{ header: first }] = shards;
  const byIndex = new Map<number, string>();
  const rows = new Map<number, { readonly row: ScoreRow; readonly file: string }>();
  for (const { header, rows: own, file } of shards) {
    const before = byIndex.get(header.shard.index);
    if (before !== undefined)
      throw new CommandError(
        `expected each shard once; ${before} and ${file} are both ${shardOf(header.shard)}.`,
      );
    byIndex.set(header.shard.index, file);
    for (const row of own) {
      const known = rows.get(row.row);
      if (known) {
        throw new CommandError(
          `expected shards that don't overlap; ${row.id} is in ${known.file} and in ${file}. Run one of them again.`,
        );
      }
      rows.set(row.row, { row, file });
    }
  }
  const { count } = first.shard;
  const missing = count - byIndex.size;
  if (missing > 0) {
    const names = firstMissing(byIndex, count, 5).map((index) => shardName('scores', { index, count }));
    const more = missing > 5 ? ` and ${missing - 5} more` : '';
    throw new CommandError(`expected all ${count} shards; ${names.join(', ')}${more} are missing. Run them.`);
  }
  const skipped = shards.reduce((sum, { header }) => sum + header.skipped.length, 0);
  if (rows.size + skipped !== first.images) {
    throw new CommandError(
      `expected ${first.images} images in the shards; they have ${rows.size + skipped}. Run the job again.`,
    );
  }
  return [...rows.values()].map(({ row }) => row).sort((a, b) => a.row - b.row);
}

async function mergedAccumulators(
  files: readonly string[],
  job: ScoreJob,
  count: number,
): Promise<Accumulators> {
  const merged = emptyAccumulators(job);
  const taken = new Set<number>();
  for (const file of files) {
    const { job: own, shard, states } = parseAccumulators(await readFile(file, 'utf8'), file);
    if (own !== job.job || shard.count !== count)
      throw new CommandError(
        `expected accumulators of the same job as the scores; ${file} is of another one.`,
      );
    if (taken.has(shard.index))
      throw new CommandError(`expected each shard once; ${file} is ${shardOf(shard)} again.`);
    taken.add(shard.index);
    mergeAccumulators(merged, states);
  }
  const [index] = firstMissing(taken, count, 1);
  if (index === undefined) return merged;
  throw new CommandError(
    `expected accumulators beside all scores; ${shardName('accumulators', { index, count })} is missing. Run the shard again.`,
  );
}

/** The first numbers below a count that are missing. The count may be large. */
function firstMissing(there: { has(index: number): boolean }, count: number, most: number): number[] {
  const missing: number[] = [];
  for (let index = 0; index < count && missing.length < most; index++) {
    if (!there.has(index)) missing.push(index);
  }
  return missing;
}

function shardOf({ index, count }: { index: number; count: number }): string {
  return `shard ${index + 1} of ${count}`;
}

async function filesOf(place: string): Promise<string[]> {
  const found = await stat(place).catch(() => undefined);
  if (!found) throw new CommandError(`expected shards at ${place}; found nothing. Check the path.`);
  if (!found.isDirectory()) return [place];
  const entries = await readdir(place, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map(({ name }) => name)
    .filter((name) => /^(scores|accumulators)-\d+-of-\d+\.jsonl?$/.test(basename(name)))
    .sort()
    .map((name) => join(place, name));
}

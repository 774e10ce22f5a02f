import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Shard } from '../commands/shard-option';
import { CommandError } from '../errors';
import { modelFolder } from '../runs/model-folder';

/** A job that is divided into shards: what is computed, of which images, by which model. */
export interface ScoreJob {
  /** The SHA-256 of everything that the scores depend on. Shards of one job have the same. */
  readonly job: string;
  readonly labels: readonly string[];
  readonly thresholds: readonly number[];
  /** The images of the whole job. */
  readonly images: number;
}

/** The first line of a shard's file. */
export interface ShardHeader extends ScoreJob {
  readonly format: 'thaw-scores';
  readonly version: 1;
  /** From 0. */
  readonly shard: Shard;
  /** The number of lines that follow. */
  readonly rows: number;
  /** Images of the shard that couldn't be read. */
  readonly skipped: readonly string[];
}

/** A line of a shard's file: an image's number in the job, its id, its probabilities, and its labels, if they are given. */
export interface ScoreRow {
  readonly row: number;
  readonly id: string;
  readonly scores: readonly number[];
  /** null for labels that aren't known. */
  readonly y?: readonly (0 | 1 | null)[];
}

export interface ScoreShard {
  readonly header: ShardHeader;
  readonly rows: readonly ScoreRow[];
}

/** The name of a shard's file, such as `scores-00003-of-00064.jsonl`: shards are counted from 1, as on the command line. */
export function shardName(kind: 'scores' | 'accumulators', { index, count }: Shard): string {
  const digits = (value: number) => String(value).padStart(5, '0');
  return `${kind}-${digits(index + 1)}-of-${digits(count)}.json${kind === 'scores' ? 'l' : ''}`;
}

/** The rows of a job that are a shard's: every `count`th from `index` on. */
export function rowsOfShard(images: number, { index, count }: Shard): number[] {
  return Array.from(
    { length: Math.max(0, Math.ceil((images - index) / count)) },
    (_, i) => index + i * count,
  );
}

/** The labels and thresholds of a saved model, without its weights. @throws CommandError if `model.json` has none */
export async function readModelLabels(model: string): Promise<Pick<ScoreJob, 'labels' | 'thresholds'>> {
  const file = join(modelFolder(model), 'model.json');
  const { labels, thresholds } = thawPart(await readFile(file, 'utf8')) ?? {};
  if (Array.isArray(labels) && Array.isArray(thresholds) && labels.length === thresholds.length)
    return { labels, thresholds };
  throw new CommandError(
    `expected a classifier saved by Thaw in ${file}; it has no labels. Save the model again.`,
  );
}

function thawPart(text: string): Partial<ScoreJob> | undefined {
  try {
    return JSON.parse(text)?.userDefinedMetadata?.thaw;
  } catch {
    return undefined;
  }
}

/**
 * Describes a job. `model.json` names the weights' file by its SHA-256, so the job's hash covers the weights too.
 *
 * @param ids the images of the whole job
 * @param options whatever else the scores depend on
 */
export async function scoreJob(
  model: string,
  { ids, options }: { readonly ids: readonly string[]; readonly options: object },
): Promise<ScoreJob> {
  const hash = createHash('sha256');
  hash.update(await readFile(join(modelFolder(model), 'model.json')));
  hash.update(JSON.stringify([ids, options]));
  return { ...(await readModelLabels(model)), job: hash.digest('hex'), images: ids.length };
}

/** The text of a shard's file. */
export function shardText({ header, rows }: ScoreShard): string {
  return `${[header, ...rows].map((line) => JSON.stringify(line)).join('\n')}\n`;
}

/**
 * Reads a shard's file.
 *
 * @throws CommandError if the file is none, of another version, or cut
 */
export async function readShard(file: string): Promise<ScoreShard> {
  const damaged = (problem: string) =>
    new CommandError(
      `expected a whole shard of scores in ${file}; ${problem}. Remove it, and run the shard again.`,
    );
  const lines = (await readFile(file, 'utf8')).split('\n');
  const parsed = lines.slice(0, -1).map((line, i) => {
    try {
      return JSON.parse(line) as unknown;
    } catch {
      throw damaged(`line ${i + 1} is no JSON`);
    }
  });
  const [header, ...rows] = parsed as [ShardHeader | undefined, ...ScoreRow[]];
  if (header?.format !== 'thaw-scores' || header.version !== 1)
    throw damaged('its first line is not that of thaw-scores, version 1');
  if (rows.length !== header.rows || lines.at(-1) !== '')
    throw damaged(`it has ${rows.length} of ${header.rows} rows`);
  const bad = rows.findIndex(
    ({ id, scores, row }) =>
      typeof id !== 'string' || !Number.isInteger(row) || scores?.length !== header.labels.length,
  );
  if (bad >= 0) throw damaged(`row ${bad + 1} isn't { row, id, scores } with a score per label`);
  return { header, rows };
}

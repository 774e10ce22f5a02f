import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Shard } from '../commands/shard-option';
import { CommandError } from '../errors';
import { modelFolder } from '../runs/model-folder';

/** A job that is divided into shards: which images are scored, by which model, with which options. */
export interface ScoreJob {
  /** The SHA-256 of everything that the scores depend on. It is the same for all shards of one job. */
  readonly job: string;
  readonly labels: readonly string[];
  readonly thresholds: readonly number[];
  /** The images of the whole job. */
  readonly images: number;
}

/** The first line of a shard's file. */
interface ShardHeader extends ScoreJob {
  readonly format: 'thaw-scores';
  readonly version: 1;
  /** From 0. */
  readonly shard: Shard;
  /** The number of lines that follow. */
  readonly rows: number;
  /** The images of the shard that couldn't be read. */
  readonly skipped: readonly string[];
}

/**
 * A line of a shard's file: an image's number in the job, its id, its probabilities, and its labels if there are any.
 */
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

/**
 * The name of a shard's file, such as `scores-00003-of-00064.jsonl`. Shards are numbered from 1, as on the command
 * line.
 */
export function shardName(kind: 'scores' | 'accumulators', { index, count }: Shard): string {
  const digits = (value: number) => String(value).padStart(5, '0');
  return `${kind}-${digits(index + 1)}-of-${digits(count)}.json${kind === 'scores' ? 'l' : ''}`;
}

/** The rows of a job that belong to a shard: every `count`th, starting at `index`. */
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
 * @param options everything else that the scores depend on
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
 * @throws CommandError if the file isn't a shard, is of another version, or is cut off
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
  const [header, ...rows] = parsed;
  if (!isHeader(header)) throw damaged('its first line is not that of thaw-scores, version 1');
  if (rows.length !== header.rows || lines.at(-1) !== '')
    throw damaged(`it has ${rows.length} of ${header.rows} rows`);
  const bad = rows.findIndex((row) => !isRow(row, header));
  if (bad >= 0)
    throw damaged(`row ${bad + 1} isn't { row, id, scores } of this shard, with a score per label`);
  return { header, rows: rows as ScoreRow[] };
}

/** Whether a value is a valid shard. */
export function isShard(value: unknown): value is Shard {
  const { index, count } = (value ?? {}) as Partial<Shard>;
  return Number.isSafeInteger(count) && isCount(index) && index < (count as number);
}

function isHeader(value: unknown): value is ShardHeader {
  const { format, version, job, labels, thresholds, images, shard, rows, skipped } = (value ??
    {}) as Partial<ShardHeader>;
  return (
    format === 'thaw-scores' &&
    version === 1 &&
    typeof job === 'string' &&
    isTexts(labels) &&
    isNumbers(thresholds, labels.length) &&
    isTexts(skipped) &&
    isCount(images) &&
    isCount(rows) &&
    isShard(shard)
  );
}

/** Whether a value is a row whose number belongs to the shard. */
function isRow(value: unknown, { labels, images, shard }: ShardHeader): value is ScoreRow {
  const { row, id, scores, y } = (value ?? {}) as Partial<ScoreRow>;
  const isOfShard = isCount(row) && row < images && row % shard.count === shard.index;
  const isKnown = y === undefined || (Array.isArray(y) && y.length === labels.length && y.every(isLabel));
  return isOfShard && typeof id === 'string' && isNumbers(scores, labels.length) && isKnown;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isNumbers(value: unknown, length: number): value is number[] {
  return Array.isArray(value) && value.length === length && value.every((one) => Number.isFinite(one));
}

function isLabel(value: unknown): boolean {
  return value === 0 || value === 1 || value === null;
}

import { basename } from 'node:path';
import { parquetCells, parquetColumns } from '@thawjs/datasets';
import { CommandError } from '../errors';
import { readShard } from './score-shard';

/** Scores by image: one score per label, in the requested order. */
export type ScoresById = ReadonlyMap<string, readonly number[]>;

/**
 * The possible names of a column of ids, in files of `thaw_keras.score`, of `thaw predict --csv` and of other programs.
 */
const ID_COLUMNS = ['image_id', 'id', 'image', 'file', 'path'];

/**
 * Reads probabilities from parquet files, as `thaw_keras.score` writes them (a column of ids, a column per label), or from
 * shards of `thaw predict --shard`.
 *
 * @throws CommandError if a file lacks a label, a score isn't a number from 0 to 1, or an image occurs twice
 */
export async function readScores(files: readonly string[], labels: readonly string[]): Promise<ScoresById> {
  const found = new Map<string, readonly number[]>();
  const placeOf = new Map<string, string>();
  for (const file of files) {
    for (const [id, scores] of await rowsOf(file, labels)) {
      const before = placeOf.get(id);
      if (before !== undefined)
        throw new CommandError(`expected scores of each image once; ${id} is in ${before} and in ${file}.`);
      if (!scores.every((score) => typeof score === 'number' && score >= 0 && score <= 1)) {
        throw new CommandError(
          `expected probabilities from 0 to 1 in ${file}; ${id} has ${scores.join(', ')}.`,
        );
      }
      placeOf.set(id, file);
      found.set(id, scores);
    }
  }
  return found;
}

/** The scores of some images, row-major. @throws CommandError names an image without scores */
export function scoresOf(ids: readonly string[], scores: ScoresById): Float32Array {
  const byName = new Map([...scores.keys()].map((id) => [basename(id), id]));
  const missing: string[] = [];
  const rows = ids.map((id) => {
    const row = scores.get(id) ?? scores.get(byName.get(basename(id)) ?? '');
    if (!row) missing.push(id);
    return row ?? [];
  });
  if (missing.length === 0) return Float32Array.from(rows.flat());
  throw new CommandError(
    `expected scores of all ${ids.length} images; ${missing.length} have none, the first ${missing[0]}. Score them too.`,
  );
}

async function rowsOf(file: string, labels: readonly string[]): Promise<(readonly [string, number[]])[]> {
  if (/\.jsonl$/i.test(file)) {
    const { header, rows } = await readShard(file);
    const columns = columnsOf(file, header.labels, labels);
    return rows.map(({ id, scores }) => [id, columns.map((column) => scores[column])] as const);
  }
  if (!/\.parquet$/i.test(file)) {
    throw new CommandError(
      `expected .parquet files, or shards that end in .jsonl, in --from; received ${file}.`,
    );
  }
  const names = await parquetColumns('evaluate', file);
  const id = ID_COLUMNS.find((name) => names.includes(name));
  if (id === undefined)
    throw new CommandError(
      `expected a column of ids, ${ID_COLUMNS.join(', ')}, in ${file}; it has ${names.join(', ')}.`,
    );
  columnsOf(file, names, labels);
  const [ids, ...columns] = await parquetCells('evaluate', file, [id, ...labels]);
  return ids.map((value, row) => [String(value), columns.map((column) => scoreOf(column[row]))] as const);
}

/** A missing score is NaN, which `readScores` refuses. */
function scoreOf(cell: unknown): number {
  return cell === null || cell === undefined ? Number.NaN : Number(cell);
}

function columnsOf(file: string, names: readonly string[], labels: readonly string[]): number[] {
  const missing = labels.filter((label) => !names.includes(label));
  if (missing.length > 0)
    throw new CommandError(`expected a column per label in ${file}; it has none of ${missing.join(', ')}.`);
  return labels.map((label) => names.indexOf(label));
}

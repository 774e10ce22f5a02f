import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';

/** What the command line says. */
export interface AnalysisOptions {
  readonly labels: string;
  readonly without: readonly string[];
  /** Rows of the balanced subset; default a tenth of the rows, at most 3,900. */
  readonly subset?: number;
  readonly pool?: 'train' | 'validation' | 'test';
  readonly perGroup?: number;
  /** Labels that each row of the subset has at least; default 1 where there are enough such rows. */
  readonly minLabels?: number;
  readonly contradictions: boolean;
  readonly seed: number;
  /** Columns of a table. */
  readonly image?: string;
  readonly columns?: readonly string[];
  readonly tags?: string;
  readonly delimiter: string;
  readonly group?: string;
  readonly split?: string;
  readonly out: string;
}

/** Reads the command line; prints help or what is wrong and ends the process where it must. */
export function readOptions(argv: readonly string[]): AnalysisOptions {
  const command = new Command('analyse')
    .description(
      'What there is to know of multilabel data before training: charts, tables, a balanced subset, a split.',
    )
    .argument(
      '<labels>',
      "CelebA's folder, zip or attributes, a CSV, JSON lines, COCO's JSON, a parquet file, or a folder of images with sidecars",
    )
    .option('--without <names>', 'leave these labels out, by comma', list, [])
    .option('--subset <n>', 'rows of the balanced subset (default: a tenth of the rows, at most 3900)', whole)
    .option('--pool <part>', 'take the subset from an official part: train, validation or test', part)
    .option('--per-group <k>', 'at most k rows of the subset of one group', whole)
    .option('--min-labels <k>', 'at least k labels a row of the subset (0: any number)', natural)
    .option('--no-contradictions', 'leave out rows whose labels exclude each other (CelebA)')
    .option('--seed <n>', 'of the subset and the split', natural, 0)
    .option('--image <column>', 'of a table: the image (default: the first, or "image" of a parquet)')
    .option('--columns <names>', 'of a table: the columns of labels, by comma (default: all others)', list)
    .option('--tags <column>', 'of a table: one column of label names, with --delimiter between them')
    .option('--delimiter <text>', 'between the names of --tags', '|')
    .option('--group <column>', 'of a table: what must not be on both sides of a split')
    .option('--split <column>', 'of a table: the official part')
    .option('--out <folder>', 'where the results go', path, path('runs/label-analysis'))
    .allowExcessArguments(false)
    .parse(
      argv.filter((argument) => argument !== '--'),
      { from: 'user' },
    );
  return { ...command.opts<Omit<AnalysisOptions, 'labels'>>(), labels: path(command.args[0]) };
}

/** Paths are the user's, from where pnpm was called. */
function path(value: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), value);
}

function list(value: string): string[] {
  return value.split(',').map((name) => name.trim());
}

function natural(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('expected a whole number of 0 or more.');
  return Number(value);
}

function whole(value: string): number {
  const number = natural(value);
  if (number < 1) throw new InvalidArgumentError('expected a whole number of 1 or more.');
  return number;
}

function part(value: string): string {
  if (!['train', 'validation', 'test'].includes(value)) {
    throw new InvalidArgumentError('expected train, validation or test.');
  }
  return value;
}

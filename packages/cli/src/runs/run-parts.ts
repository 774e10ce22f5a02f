import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DatasetSplit, type ImageDataset, readCsvRows, type SplitName } from '@thawjs/datasets';
import { csvTable } from '@thawjs/report';
import { openData } from '../data/open-data';
import { CommandError } from '../errors';
import { readRunCommand } from './run-command';

/** The parts of a data set. */
export const PARTS: readonly SplitName[] = ['train', 'validation', 'test'];

const FILE = 'split.csv';

/** The text of `split.csv`: the part of each image. */
export function runPartsText(split: DatasetSplit<ImageDataset>): string {
  return csvTable(
    [['image_id', 'part'], ...PARTS.flatMap((part) => split[part].ids.map((id) => [id, part]))],
    {
      formulas: 'keep',
    },
  );
}

/**
 * A part of a run's own data.
 *
 * @throws CommandError if the folder isn't a run of `thaw train`, or if an image of the part is missing
 */
export async function partOfRun(folder: string, part: SplitName): Promise<ImageDataset> {
  return (await partsOfRun(folder, [part]))[part];
}

/**
 * Parts of a run's own data.
 *
 * @throws CommandError if the folder isn't a run of `thaw train`, or if an image of a part is missing
 */
export async function partsOfRun<Part extends SplitName>(
  folder: string,
  parts: readonly Part[],
): Promise<Record<Part, ImageDataset>> {
  const { data: paths, flags } = await readRunCommand(folder);
  const data = await openData(paths, flags, { seed: flags.seed });
  const text = await readFile(join(folder, FILE), 'utf8');
  const entries = parts.map((part) => [part, partOf(data, part, text)]);
  return Object.fromEntries(entries) as Record<Part, ImageDataset>;
}

function partOf(data: ImageDataset, part: SplitName, splitCsv: string): ImageDataset {
  const ids: string[] = [];
  readCsvRows(splitCsv, ([id, name], line) => {
    if (line > 1 && name === part) ids.push(id);
  });
  const rowOf = new Map(data.ids.map((id, row) => [id, row]));
  const missing = ids.find((id) => !rowOf.has(id));
  if (missing !== undefined)
    throw new CommandError(
      `expected image "${missing}" of the run's ${part} part among the data; it is gone.`,
    );
  return data.select(ids.map((id) => rowOf.get(id) as number));
}

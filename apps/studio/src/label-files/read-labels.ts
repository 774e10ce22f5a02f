import { type ImageDataset, openCoco, openCsv } from '@thawjs/datasets';
import { StudioError } from '../project/studio-error';
import { unguardedCell } from './formula-cells';
import type { LabelTable } from './label-table';

/** Reads labels from a CSV, one column per label. @throws StudioError with the reader's reason */
export async function readCsvLabels(file: File): Promise<LabelTable> {
  const { labels, rows } = await read(file, () => openCsv(file, { images: 'ignore', repeated: 'union' }));
  return {
    labels: labels.map(unguardedCell),
    rows: rows.map(({ image, values }) => ({ image: unguardedCell(image), values })),
  };
}

/**
 * Reads labels from annotations in COCO's format: an image has the label of each category with an annotation in it.
 * @throws StudioError
 */
export function readCocoLabels(file: File): Promise<LabelTable> {
  return read(file, () => openCoco(file, { images: 'ignore' }));
}

async function read(file: File, open: () => Promise<ImageDataset>): Promise<LabelTable> {
  let dataset: ImageDataset;
  try {
    dataset = await open();
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^open\w+: /, '') : String(error);
    throw new StudioError(
      `The labels in "${file.name}" can't be read: ${reason} Your labels stay as they are.`,
    );
  }
  const { ids, labels, y, known } = dataset;
  const rows = ids.map((image, row) => ({
    image,
    values: labels.map((_, column) => {
      const at = row * labels.length + column;
      if (known?.[at] === 0) return undefined;
      return y[at] === 1 ? (1 as const) : (0 as const);
    }),
  }));
  return { labels, rows };
}

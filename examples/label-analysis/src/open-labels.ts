import { stat } from 'node:fs/promises';
import {
  type ImageDataset,
  openCoco,
  openCsv,
  openImageFolder,
  openJsonLines,
  openParquet,
  type TableColumns,
} from '@thawjs/datasets';
import { CelebA, CelebANotFoundError } from '@thawjs/datasets-celeba';
import type { AnalysisOptions } from './options';

/** Opens the labels of whatever lies at the path, without the images. */
export async function openLabels(options: AnalysisOptions): Promise<ImageDataset> {
  const { labels: path } = options;
  const columns = tableColumns(options);
  if (/\.json(\.gz)?$/i.test(path)) return openCoco(path, { images: 'ignore' });
  if (/\.(csv|tsv)(\.gz)?$/i.test(path)) return openCsv(path, { ...columns, images: 'ignore' });
  if (/\.(jsonl|ndjson)(\.gz)?$/i.test(path)) return openJsonLines(path, { ...columns, images: 'ignore' });
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
  try {
    return await CelebA.open(path, { images: 'ignore' });
  } catch (error) {
    const isParquet = /\.parquet$/i.test(path);
    if (isParquet) return openParquet(path, { ...columns, images: 'ignore' });
    if (isFolder && error instanceof CelebANotFoundError) return openImageFolder(path);
    throw error;
  }
}

function tableColumns({ image, columns, tags, delimiter, group, split }: AnalysisOptions): TableColumns {
  const labels = tags === undefined ? columns : { column: tags, delimiter };
  return {
    ...(image !== undefined && { image }),
    ...(labels && { labels }),
    ...(group !== undefined && { group }),
    ...(split !== undefined && { split }),
  };
}

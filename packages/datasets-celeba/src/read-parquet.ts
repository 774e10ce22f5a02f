import { basename, dirname } from 'node:path';
import {
  type DatasetRecords,
  type Limits,
  parquetColumns,
  parquetRecords,
  type SplitName,
} from '@thawjs/datasets';
import { LabelFileError } from './errors';
import { attributeNames } from './labels/attribute-names';
import { identityNumbers } from './labels/identity-numbers';

/** Columns that have held the identity in copies of CelebA. */
const IDENTITY = ['celeb_id', 'identity'];

/**
 * Reads CelebA as parquet, as copies of it on Hugging Face are: `train-00000-of-00019.parquet` and so on, with a column
 * `image`, one per label, and `celeb_id` if the identities were kept.
 *
 * Parts are known by the names of the files or of their folders. Ids are the numbers of the file and of the row in it,
 * as names are mostly lost.
 *
 * @throws {LabelFileError} there is none of CelebA's 40 attributes
 */
export async function readParquet(
  paths: readonly string[],
  options: { readonly images?: 'ignore'; readonly limits?: Limits },
): Promise<DatasetRecords> {
  const present = await parquetColumns('CelebA.open', paths[0]);
  const labels = attributeNames.filter((name) => present.includes(name));
  if (labels.length === 0) {
    throw new LabelFileError(
      `CelebA.open: expected columns of CelebA's attributes (${attributeNames.slice(0, 3).join(', ')} …) in ${basename(paths[0])}; found ${present.slice(0, 8).join(', ')}. Open other parquet files with openParquet of @thawjs/datasets.`,
    );
  }
  const group = IDENTITY.find((name) => present.includes(name));
  const {
    groups,
    groupName: _,
    ...records
  } = await parquetRecords('CelebA.open', paths, {
    labels,
    ...options,
    ...(group && { group }),
  });
  const parts = paths.map(partOf);
  const fileOf = (id: string) => (paths.length === 1 ? 0 : Number(id.slice(0, id.indexOf('/'))));
  return {
    ...records,
    ...(groups && { groups: identityNumbers(groups, basename(paths[0])), groupName: 'identity' }),
    ...(parts.every((part) => part !== undefined) && { splits: records.ids.map((id) => parts[fileOf(id)]) }),
  };
}

function partOf(path: string): SplitName | undefined {
  // a converted tree has the part as the folder, `train/0000.parquet`
  const name = [basename(path), basename(dirname(path))]
    .map((place) => /^(?:partial-)?(train|validation|valid|val|test)(?![a-z])/.exec(place)?.[1])
    .find(Boolean);
  return name?.startsWith('val') ? 'validation' : (name as SplitName | undefined);
}

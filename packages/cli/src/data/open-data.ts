import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageDataset } from '@thawjs/datasets';
import { CelebANotFoundError } from '@thawjs/datasets-celeba';
import { CommandError, UsageError } from '../errors';
import { path } from '../terminal/parse-value';
import { checkFormFlags } from './check-form-flags';
import {
  DATA_FORMS,
  type DataForm,
  type DataPlace,
  formOfFile,
  formOfFolder,
  LABEL_FILE,
} from './data-forms';
import type { DataOptions } from './data-options';

/**
 * Opens the data at the given paths: a folder with its labels, a label file with its images beside it, or a label file
 * and the folders of its images, in any order.
 *
 * @throws CommandError if a path doesn't exist; UsageError if no path, two label files, or folders without one are given; any
 * named error of a reader
 */
export async function openData(
  named: readonly string[],
  options: DataOptions,
  { labelsAlone = false, seed = 0 } = {},
): Promise<ImageDataset> {
  checkData(named);
  const paths = named.map(path);
  const kinds = await Promise.all(paths.map(kindOf));
  const files = paths.filter((_, i) => kinds[i] === 'file');
  const folders = paths.filter((_, i) => kinds[i] === 'folder');
  const whole =
    files.length > 0
      ? await openFiles({ paths: files, roots: folders, labelsAlone }, options)
      : await openFolder(folders, options, labelsAlone);
  const { only, without, limit } = options;
  const chosen = only ? whole.only(...only) : whole;
  const narrowed = without && without.length > 0 ? chosen.without(...without) : chosen;
  return limit !== undefined && limit < narrowed.length ? narrowed.sample(limit, { seed }) : narrowed;
}

/** Refuses a command line without data, before anything is written. @throws UsageError */
export function checkData(named: readonly string[]): void {
  if (named.length > 0) return;
  throw new UsageError('expected data: a folder of images, a label file, or both. Name its path.');
}

async function openFiles(place: DataPlace, options: DataOptions): Promise<ImageDataset> {
  const form = options.form ?? (await formOfFile(place.paths[0]));
  const hasShards = form === 'parquet' || form === 'arrow' || form === 'webdataset';
  if (place.paths.length > 1 && !hasShards) {
    throw new UsageError(
      `expected one label file; received ${place.paths.join(' and ')}. Join them, or train on one of them.`,
    );
  }
  checkFormFlags(form, options);
  return DATA_FORMS[form](place, options);
}

async function openFolder(
  folders: readonly string[],
  options: DataOptions,
  labelsAlone: boolean,
): Promise<ImageDataset> {
  if (folders.length > 1) {
    throw new UsageError(
      `expected a label file beside the folders ${folders.join(', ')}. Name the file of the labels too.`,
    );
  }
  const [folder] = folders;
  const names = await readdir(folder);
  const open = (form: DataForm) => {
    checkFormFlags(form, options);
    const paths = form === 'webdataset' ? shards(folder, names) : [folder];
    return DATA_FORMS[form]({ paths, roots: [], labelsAlone }, options);
  };
  const form = options.form ?? formOfFolder(names);
  if (form) return open(form);
  try {
    const faces = await DATA_FORMS.celeba({ paths: [folder], roots: [], labelsAlone }, options);
    checkFormFlags('celeba', options);
    return faces;
  } catch (error) {
    if (!(error instanceof CelebANotFoundError)) throw error;
  }
  const labelFiles = names.filter((name) => LABEL_FILE.test(name)).map((name) => join(folder, name));
  if (labelFiles.length === 0) return open('folder');
  return openFiles({ paths: labelFiles.sort(), roots: [folder], labelsAlone }, options);
}

function shards(folder: string, names: readonly string[]): string[] {
  return names
    .filter((name) => /\.tar$/i.test(name))
    .sort()
    .map((name) => join(folder, name));
}

async function kindOf(place: string): Promise<'file' | 'folder'> {
  const found = await stat(place).catch(() => undefined);
  if (!found) throw new CommandError(`expected ${place} to be there; found nothing. Check the path.`);
  return found.isDirectory() ? 'folder' : 'file';
}

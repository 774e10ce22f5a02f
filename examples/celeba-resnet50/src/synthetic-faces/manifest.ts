import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SyntheticFacesOptions } from './write-synthetic-faces';

/** The file that says what a folder of synthetic faces was made from; it is there only once all else is. */
export const MANIFEST = 'synthetic-faces.json';

/** Raise it whenever the same options would give other bytes. */
const GENERATOR_VERSION = 1;

/** The folder of pictures and the label files, by CelebA's own names. */
export const FILES = {
  images: 'img_align_celeba',
  attributes: 'list_attr_celeba.txt',
  partition: 'list_eval_partition.txt',
  identity: 'identity_CelebA.txt',
} as const;

interface Manifest {
  readonly generator: string;
  readonly version: number;
  readonly count: number;
  readonly seed: number;
  readonly identities: number | null;
  readonly quality: number | null;
}

export function manifestOf(options: SyntheticFacesOptions): Manifest {
  const { count = 2000, seed = 42, identities = null, quality = null } = options;
  return { generator: 'thaw synthetic faces', version: GENERATOR_VERSION, count, seed, identities, quality };
}

/** Whether a folder holds a whole set made from these options by this version of the generator. */
export async function isComplete(folder: string, options: SyntheticFacesOptions): Promise<boolean> {
  const entries = await entriesOf(folder);
  if (!entries.includes(MANIFEST)) return false;
  const expected = manifestOf(options);
  if ((await readFile(join(folder, MANIFEST), 'utf8')) !== printManifest(expected)) return false;
  if (!Object.values(FILES).every((name) => entries.includes(name))) return false;
  const images = await entriesOf(join(folder, FILES.images));
  return images.filter((name) => name.endsWith('.jpg')).length === expected.count;
}

export function printManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The names in a folder; none if there is no such folder. */
export async function entriesOf(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

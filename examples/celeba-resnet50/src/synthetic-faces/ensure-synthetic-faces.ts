import { isComplete } from './manifest';
import { type SyntheticFacesOptions, writeSyntheticFaces } from './write-synthetic-faces';

/**
 * Makes sure that `folder` holds the synthetic faces of these options: keeps a whole set as it is, remakes one that is
 * incomplete, of other options or of an older generator.
 *
 * @returns `'kept'` or `'written'`.
 * @throws {SyntheticFacesOptionError} for options out of range.
 * @throws {SyntheticFacesFolderError} when `folder` holds something else than synthetic faces.
 */
export async function ensureSyntheticFaces(
  folder: string,
  options: SyntheticFacesOptions = {},
): Promise<'kept' | 'written'> {
  if (await isComplete(folder, options)) return 'kept';
  await writeSyntheticFaces(folder, options);
  return 'written';
}

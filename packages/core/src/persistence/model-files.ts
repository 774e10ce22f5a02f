import { SavedModelError } from '../errors';
import { isOtherContent } from '../weights/weights-file-name';

/**
 * The files of a model in a folder, in TensorFlow.js' standard layout: `model.json`, and a weights file named after its
 * content, `weights-<first 16 hexadecimal digits of its SHA-256>.bin`.
 *
 * `writeModelFolder` writes the weights first, then `model.json`, and removes older weights last. Therefore `model.json`
 * always names weights that exist, and `readModelFolder` finds either the old model or the new one.
 */
export const MODEL_FILE = 'model.json';

/** All names of weights files in the text of a `model.json`, which may be damaged. */
export function weightsFilesIn(text: string): Set<string> {
  return new Set(text.match(/weights-[0-9a-f]{16}\.bin/g) ?? []);
}

/**
 * Compares the content of a weights file with the SHA-256 in the file's name, if there is one in it.
 *
 * @throws SavedModelError if they differ.
 */
export async function checkWeightsFile(name: string, bytes: Uint8Array, place: string): Promise<void> {
  if (!(await isOtherContent(name, bytes))) return;
  throw new SavedModelError(
    `load: expected the content of ${name} at ${place} to have the SHA-256 in its name; it is damaged or was changed. ` +
      'Copy the folder again, whole, or save the model again.',
  );
}

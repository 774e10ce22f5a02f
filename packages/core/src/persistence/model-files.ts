import { SavedModelError } from '../errors';
import { digest } from '../weights/checksum';

/**
 * The files of a model in a folder, TensorFlow.js' standard layout: `model.json`, and the weights in a file that is named
 * after its content, `weights-<first 16 hexadecimal digits of its SHA-256>.bin`.
 *
 * `writeModelFolder` places the weights first, `model.json` second, and removes older weights last. So `model.json` names
 * weights that are there at every moment, and `readModelFolder` finds either the old model or the new one.
 */
export const MODEL_FILE = 'model.json';

/** The name of a file of weights with that content. */
export async function weightsFileName(weights: Uint8Array): Promise<string> {
  return `weights-${(await digest(weights, 'sha256')).slice(0, 16)}.bin`;
}

/** The names of weights' files in a text: those that a `model.json` names, however damaged it is. */
export function weightsFilesIn(text: string): Set<string> {
  return new Set(text.match(/weights-[0-9a-f]{16}\.bin/g) ?? []);
}

/** Whether a file of that name is a model's weights. */
export function isWeightsFile(name: string): boolean {
  return /^weights-[0-9a-f]{16}\.bin$/.test(name);
}

/**
 * Compares a file of weights with the SHA-256 that its name carries; a name without one is not compared.
 *
 * @throws SavedModelError if they differ.
 */
export async function checkWeightsFile(name: string, bytes: Uint8Array, place: string): Promise<void> {
  if (!isWeightsFile(name) || (await weightsFileName(bytes)) === name) return;
  throw new SavedModelError(
    `load: expected the content of ${name} at ${place} to have the SHA-256 in its name; it is damaged or was changed. ` +
      'Copy the folder again, whole, or save the model again.',
  );
}

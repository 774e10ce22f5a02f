import { readingFile } from './damaged-file';
import { WeightsFileError } from './errors';
import { openHdf5 } from './hdf5';
import type { Json } from './json';
import { layerNamesOf, readKeras3Weights } from './keras3-h5';
import type { WeightsFile } from './named-weights';
import type { ZipEntry } from './read-zip';
import type { ReadBeside } from './tfjs-layers';

/** The files in a `.keras` file. */
export const KERAS_METADATA = 'metadata.json';
export const KERAS_CONFIG = 'config.json';
export const KERAS_WEIGHTS = 'model.weights.h5';
/** The entry that Thaw adds: the parts of a classifier besides its network. */
export const THAW_METADATA = 'thaw.json';

/** Whether a zip is a model in Keras' `.keras` format. */
export function isKerasArchive(entries: ReadonlyMap<string, ZipEntry>): boolean {
  return entries.has(KERAS_CONFIG);
}

/** Whether a JSON is the `config.json` of a model that Keras saved as a folder (`zipped=False`), by its class and its module. */
export function isKerasConfig(bytes: Uint8Array): boolean {
  try {
    const { class_name: className, module } = JSON.parse(new TextDecoder().decode(bytes)) as Json;
    return typeof className === 'string' && typeof module === 'string';
  } catch {
    return false; // the reader of TensorFlow.js' models says what is wrong
  }
}

/** A function that reads the files in a `.keras` file by their names. */
export function partsOf(entries: ReadonlyMap<string, ZipEntry>, source: string): ReadBeside {
  return async (name) => {
    const entry = entries.get(name);
    if (entry) return entry.read();
    throw new WeightsFileError(
      `${source}: expected "${name}" in the .keras file; it has ${[...entries.keys()].slice(0, 8).join(', ')}.`,
    );
  };
}

/**
 * Reads a model in the `.keras` format of Keras 2.12 and later: the architecture as JSON and the weights as HDF5, in a zip or
 * in a folder.
 *
 * @throws {WeightsFileError} a part is missing or damaged
 */
export async function readKerasModel(part: ReadBeside, source: string): Promise<WeightsFile> {
  const config = new TextDecoder().decode(await part(KERAS_CONFIG));
  const architecture = readingFile(source, () => JSON.parse(config) as unknown);
  const { root, close } = await openHdf5(await part(KERAS_WEIGHTS), `${source}: ${KERAS_WEIGHTS}`);
  try {
    const names = layerNamesOf(architecture);
    return { layout: 'keras', weights: readKeras3Weights(root, source, names), architecture, close };
  } catch (error) {
    close();
    throw error;
  }
}

import { WeightsFileError } from './errors';
import { objectOf } from './json';
import type { WeightsFile } from './named-weights';
import type { ReadBeside } from './tfjs-layers';

/**
 * The files that hold a network's weights, by an index such as `model.safetensors.index.json` or Keras' `model.weights.json`;
 * undefined for other JSON.
 */
export function shardsOf(bytes: Uint8Array, source: string): readonly string[] | undefined {
  let map: unknown;
  try {
    map = objectOf(JSON.parse(new TextDecoder().decode(bytes)) as unknown)?.weight_map;
  } catch {
    return undefined; // the reader of TensorFlow.js' models says what is wrong
  }
  if (objectOf(map) === undefined) return undefined;
  const files = [...new Set(Object.values(map as object).flat())]; // Keras lists the files of each layer
  const isName = (file: unknown) => typeof file === 'string' && /^[^/\\]+$/.test(file) && file !== '..';
  if (files.length > 0 && files.every(isName)) return files as string[];
  throw new WeightsFileError(
    `${source}: expected names of files beside the index in "weight_map"; received something else.`,
  );
}

/**
 * Reads weights that lie in several files beside an index, as Hugging Face's libraries and Keras 3 split large networks.
 *
 * @throws {WeightsFileError} a file is missing, damaged, or of another library than the first
 */
export async function readShards(
  files: readonly string[],
  source: string,
  readBeside: ReadBeside,
  open: (bytes: Uint8Array, source: string) => Promise<WeightsFile>,
): Promise<WeightsFile> {
  const opened: WeightsFile[] = [];
  const close = () => {
    for (const file of opened) file.close();
  };
  try {
    for (const name of files) {
      const file = await open(await readBeside(name), `${source}: ${name}`);
      opened.push(file);
      if (file.layout !== opened[0].layout)
        throw new WeightsFileError(
          `${source}: expected "${name}" to be of the same library as "${files[0]}"; one is of Keras, the other of PyTorch.`,
        );
    }
  } catch (error) {
    close();
    throw error;
  }
  return { layout: opened[0].layout, weights: opened.flatMap(({ weights }) => weights), close };
}

import type { Group } from 'h5wasm';
import { readingFile } from './damaged-file';
import { WeightsFileError } from './errors';
import { datasetAt, floatsOf, groupAt, openHdf5, shapeOf, stringAttribute, stringList } from './hdf5';
import { holdsKeras3Weights, readKeras3Weights } from './keras3-h5';
import type { NamedWeight, WeightsFile } from './named-weights';

/**
 * Reads a .h5 file of Keras: the legacy format of Keras 2 and 3, weights alone or a whole model, or Keras 3's `.weights.h5`.
 *
 * In the legacy format, there is one group per layer, which lists the layer's weights by name. The group of a nested model
 * lists the weights of all its layers.
 *
 * @throws {WeightsFileError} damaged, or HDF5 of another kind
 */
export async function readKerasH5(bytes: Uint8Array, source: string): Promise<WeightsFile> {
  const { root, close } = await openHdf5(bytes, source);
  try {
    const keys = readingFile(source, () => root.keys());
    const group = keys.includes('model_weights') ? groupAt(root, 'model_weights', source) : root;
    const layerNames = stringList(group, 'layer_names', source);
    if (layerNames === undefined) {
      if (holdsKeras3Weights(root))
        return { layout: 'keras', weights: readKeras3Weights(root, source), close };
      throw new WeightsFileError(
        `${source}: expected a .h5 file of Keras; received an HDF5 file with ` +
          `${keys.length === 0 ? 'nothing in it' : keys.slice(0, 8).join(', ')}.`,
      );
    }
    const weights = layerNames.flatMap((name) => weightsOf(groupAt(group, name, source), name, source));
    const config = stringAttribute(root, 'model_config', source);
    const architecture = config === undefined ? undefined : readingFile(source, () => JSON.parse(config));
    return { layout: 'keras', weights, architecture, close };
  } catch (error) {
    close();
    throw error;
  }
}

function weightsOf(group: Group, layer: string, source: string): NamedWeight[] {
  return (stringList(group, 'weight_names', source) ?? []).map((path) => {
    const dataset = datasetAt(group, path, source);
    const parts = path.replace(/:\d+$/, '').split('/');
    const inner = parts.slice(0, -1);
    const outer = layer.split('/'); // Keras 2 lets names of layers have slashes
    return {
      layer: outer.every((name, i) => inner[i] === name) ? inner : [...outer, ...inner],
      name: parts.at(-1)!,
      shape: shapeOf(dataset, source),
      read: () => floatsOf(dataset, source),
    };
  });
}

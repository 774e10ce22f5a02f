import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Group } from 'h5wasm';
import { hdf5Bytes } from '../../weights/hdf5';
import { inKerasOrder } from '../../weights/keras-order';
import { layerNamesOf } from '../../weights/keras3-h5';
import { type ModelWeight, modelWeights } from '../../weights/model-weights';

/**
 * The weights of a network in Keras 3's HDF5 form. Each layer has a group, named after its class and its index among
 * the layers of this class. The group holds the layer's weights as numbered data sets.
 *
 * @param config the network's description by `kerasConfig`, which determines the groups' names
 */
export async function kerasWeights(model: LayersModel, config: unknown): Promise<Uint8Array> {
  const byLayer = new Map<string, ModelWeight[]>();
  for (const weight of modelWeights(model)) {
    byLayer.set(weight.layerPath, [...(byLayer.get(weight.layerPath) ?? []), weight]);
  }
  const names = layerNamesOf(config, ['layers']);
  const groups: { readonly path: string; readonly name: string; readonly arrays: readonly Stored[] }[] = [];
  for (const [path, name] of names) {
    const own = byLayer.get(layerPath(path, names));
    if (!own) continue;
    const arrays = await Promise.all(inKerasOrder(own).map(stored));
    groups.push({ path, name, arrays });
  }
  return hdf5Bytes((root) => {
    for (const { path, name, arrays } of groups) {
      const vars = groupAtPath(root, `${path}/vars`);
      vars.create_attribute('name', name);
      for (const [i, array] of arrays.entries()) vars.create_dataset({ name: String(i), ...array });
    }
  });
}

/** The group with a path, which is made together with the missing groups on the way. */
function groupAtPath(root: Group, path: string): Group {
  return path.split('/').reduce((group, name) => {
    if (!group.keys().includes(name)) return group.create_group(name);
    return group.get(name) as Group;
  }, root);
}

interface Stored {
  readonly data: Float32Array | Int32Array;
  readonly shape: number[];
}

async function stored({ variable }: ModelWeight): Promise<Stored> {
  return { data: (await variable.data()) as Float32Array | Int32Array, shape: variable.shape };
}

/** The names of the models around a layer and its own, from the path of the layer's group. */
function layerPath(group: string, names: ReadonlyMap<string, string>): string {
  const parts = group.split('/layers/');
  return parts.map((_, i) => names.get(parts.slice(0, i + 1).join('/layers/'))).join('/');
}

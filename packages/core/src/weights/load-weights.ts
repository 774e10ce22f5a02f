import type { LayersModel } from '@tensorflow/tfjs-layers';
import { ANY, checkOptions, TEXT } from '../options/check-options';
import { assignWeights } from './assign-weights';
import type { LayerAliases } from './match-weights';
import { OPEN_WEIGHTS_RULES, type OpenWeightsOptions, openWeights } from './open-weights';
import { sourceName } from './read-bytes';
import type { ModelSource, WeightsSource } from './weights-source';

/** Options of `loadWeights`. */
export interface LoadWeightsOptions extends OpenWeightsOptions {
  /**
   * Other names that layers have in the file: `{ predictions: ['probs'] }`, or a function of the layer's name. A Backbone
   * already has the names in its published files.
   */
  readonly aliases?: LayerAliases;
  /**
   * The name of the model's first convolution, if the kernel in the file may have another number of input channels. The kernel
   * is then summed (for one channel) or repeated (for more).
   */
  readonly adaptedLayer?: string;
}

/**
 * Loads weights into a model from a file of any of these formats, recognised by its bytes:
 *
 * - Keras' legacy `.h5` by Keras 2 and 3, weights alone or a whole model;
 * - Keras 3's `.keras` and `.weights.h5`;
 * - safetensors, and PyTorch's `.pth` in both its forms, read as data: no code in it runs. Of a network that is there twice,
 *   the averaged weights (`state_dict_ema`) are taken, otherwise the first. Several files are read by their index
 *   (`model.safetensors.index.json`), its folder, or a list of all;
 * - a layers model of TensorFlow.js: its `model.json`, or the folder, or all its files.
 *
 * Weights are matched by the names of layers and weights, to any depth of nested models. The axes of PyTorch's weights are
 * put in Keras' order. Layers of the file that the model lacks are ignored; a layer of the model that the file lacks is an
 * error. All temporary tensors are disposed.
 *
 * @param source a path, a URL, a `File` or `Blob`, or the bytes, which are not changed. The file and one weight at a time are
 * held in memory
 * @throws {WeightsFileError} no file of these formats, cut short, damaged, of another checksum, or a pickle with more than
 * tensors and plain containers. If the numbers themselves can't be read, the layers before them are already filled
 * @throws {WeightsMismatchError} a layer or weight is missing, or a shape differs; the model is then unchanged
 * @throws {DownloadError} the URL can't be fetched
 * @throws {OptionError} an option is misspelt or out of its range
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import { layers, sequential } from '@tensorflow/tfjs-layers';
 * import { loadWeights } from '@thawjs/core';
 *
 * // In Python: safetensors.torch.save_file({'dense.weight': torch.tensor([[1., 2.]]), 'dense.bias': torch.tensor([3.])}, …)
 * const header = JSON.stringify({
 *   'dense.weight': { dtype: 'F32', shape: [1, 2], data_offsets: [0, 8] },
 *   'dense.bias': { dtype: 'F32', shape: [1], data_offsets: [8, 12] },
 * });
 * const file = new Blob([new BigUint64Array([BigInt(header.length)]), header, new Float32Array([1, 2, 3])]);
 *
 * const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [2], name: 'dense' })] });
 * await loadWeights(model, file);
 * console.log(model.getWeights().map((weight) => Array.from(weight.dataSync()))); // [ [ 1, 2 ], [ 3 ] ]
 * model.dispose();
 * ```
 */
export async function loadWeights(
  model: LayersModel | { readonly model: LayersModel; readonly layerAliases?: LayerAliases },
  source: ModelSource,
  options: LoadWeightsOptions = {},
): Promise<void> {
  checkOptions('loadWeights', options, { ...OPEN_WEIGHTS_RULES, aliases: ANY, adaptedLayer: TEXT });
  const { aliases, adaptedLayer, ...opening } = options;
  const own = 'model' in model ? model.layerAliases : undefined;
  const file = await openWeights(source, opening);
  try {
    assignWeights('model' in model ? model.model : model, file, {
      source: options.sourceName ?? nameOf(source),
      aliases: aliases ?? own ?? {},
      ...(adaptedLayer === undefined ? {} : { adaptedLayer }),
    });
  } finally {
    file.close();
  }
}

/**
 * Loads the weights of a Keras .h5 file, as `loadWeights` does.
 *
 * @deprecated Use `loadWeights`, which reads Keras' .h5 files and all others.
 */
export function loadKerasH5(...args: Parameters<typeof loadWeights>): Promise<void> {
  return loadWeights(...args);
}

/** The name of a source in error messages. */
export function nameOf(source: ModelSource): string {
  return Array.isArray(source)
    ? ((source as File[])[0]?.name ?? 'no files')
    : sourceName(source as WeightsSource);
}

import * as tfl from '@tensorflow/tfjs-layers';
import { checkOptions } from '../options/check-options';
import { ownsAll } from '../tfjs-internals/layer-nodes';
import { assignWeights } from '../weights/assign-weights';
import { readingFile } from '../weights/damaged-file';
import { WeightsFileError } from '../weights/errors';
import { nameOf } from '../weights/load-weights';
import { withLostOptions } from '../weights/lost-options';
import type { NamedWeight, WeightsFile } from '../weights/named-weights';
import { OPEN_WEIGHTS_RULES, type OpenWeightsOptions, openWeights } from '../weights/open-weights';
import { elementCount } from '../weights/raw-numbers';
import type { ModelSource } from '../weights/weights-source';
import { withoutInitialValues } from '../weights/without-initial-values';
import { refuseOtherAxes } from './refuse-other-axes';
import { registerLayers } from './register-layers';

/**
 * Opens a whole model, with architecture and weights, that Keras or TensorFlow.js saved: a `.keras` file, a `.h5` file
 * of `model.save`, or the `model.json` of a layers model with the files beside it.
 *
 * Code between layers (`preprocess_input(x)`, `1 - x`, `relu(x)`) is read as the layers that do the same. Models with
 * custom layer classes, and layers that TensorFlow.js computes otherwise than Keras, are refused; the error names the
 * class. Keras' layers of random augmentation (`RandomFlip`, …) are replaced by layers that change nothing, because data
 * sets augment. Trainable flags are kept. The caller disposes the model. The model, with a name, a preprocessing and
 * stages, makes a `Backbone`.
 *
 * @param source a path (of the file, or of the folder of a TensorFlow.js model), a URL, a `File` or `Blob`, the bytes, or a
 * list of all files of a TensorFlow.js model
 * @throws {WeightsFileError} damaged, weights without an architecture, or layers that can't be built
 * @throws {WeightsMismatchError} weights that don't fit the architecture
 * @throws {DownloadError} the URL can't be fetched
 * @throws {OptionError} an option is misspelt or out of its range
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import { io } from '@tensorflow/tfjs-core';
 * import { layers, sequential } from '@tensorflow/tfjs-layers';
 * import { openModel } from '@thawjs/core';
 *
 * const files: File[] = [];
 * await sequential({ layers: [layers.dense({ units: 1, inputShape: [2] })] }).save(
 *   io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
 *     const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
 *     files.push(new File([JSON.stringify({ modelTopology, weightsManifest })], 'model.json'));
 *     files.push(new File([weightData as ArrayBuffer], 'weights.bin'));
 *     return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
 *   }),
 * );
 * const model = await openModel(files); // or its folder, URL, a .keras or .h5 file
 * console.log(model.outputShape); // [ null, 1 ]
 * model.dispose();
 * ```
 */
export async function openModel(
  source: ModelSource,
  options: OpenWeightsOptions = {},
): Promise<tfl.LayersModel> {
  checkOptions('openModel', options, OPEN_WEIGHTS_RULES);
  const name = options.sourceName ?? nameOf(source);
  registerLayers();
  const file = await openWeights(source, options);
  try {
    if (file.architecture === undefined) {
      throw new WeightsFileError(
        `${name}: expected a whole model; received weights alone. Make the network they belong to and use loadWeights.`,
      );
    }
    const stored = file.weights.reduce((sum, { shape }) => sum + elementCount(shape), 0);
    // Loaded on use: a page that loads classifiers alone doesn't need Keras' architectures.
    const { tfjsTopology } = await import('../weights/keras-config');
    const topology = readingFile(name, () =>
      tfjsTopology(
        withLostOptions(file.architecture, (path) => depthwiseShape(file, path)),
        name,
      ),
    );
    const model = await built(topology, stored, name);
    try {
      refuseOtherAxes(model, name);
      assignWeights(model, file, { source: name });
    } catch (error) {
      model.dispose();
      throw error;
    }
    return model;
  } finally {
    file.close();
  }
}

/** The shape of the depthwise kernel of a layer. It is the layer's first weight where weights are numbered. */
function depthwiseShape({ weights }: WeightsFile, path: readonly string[]): NamedWeight['shape'] | undefined {
  const kernels = weights.filter(
    ({ layer, name }) => layer.at(-1) === path.at(-1) && (name === 'depthwise_kernel' || name === 0),
  );
  return (kernels.find(({ layer }) => layer.join() === path.slice(1).join()) ?? kernels[0])?.shape;
}

function lacks(layerClass: string): string {
  const isCode = layerClass === 'Lambda' || layerClass === 'TFOpLambda';
  return (
    `it has a layer of the class ${layerClass}, ${isCode ? "whose Python code isn't run" : 'which TensorFlow.js lacks'}. ` +
    'Register a class of that name by serialization.registerClass of @tensorflow/tfjs-core, or convert the model with ' +
    'tensorflowjs_converter --output_format=tfjs_graph_model and use it frozen: classifier(await loadGraphModel(…), …).'
  );
}

async function built(topology: object, stored: number, source: string): Promise<tfl.LayersModel> {
  const tooLarge = (sentence: string) => new RangeError(sentence);
  try {
    const model = await withoutInitialValues(stored, tooLarge, () =>
      tfl.models.modelFromJSON(topology as Parameters<typeof tfl.models.modelFromJSON>[0]),
    );
    return ownsAll(model);
  } catch (cause) {
    const [reason] = (cause instanceof Error ? cause.message : String(cause)).split(/\.\s|\n/);
    const [, unknown] = /^Unknown layer: ([^.]+)/.exec(reason) ?? [];
    throw new WeightsFileError(
      `${source}: the model can't be built here: ${unknown ? lacks(unknown) : `${reason}.`}`,
      { cause },
    );
  }
}

import type { io } from '@tensorflow/tfjs-core';
import { SavedModelError } from '../errors';
import { describeNetwork } from '../layers/describe-network';
import { checkOptions, oneOf } from '../options/check-options';
import type { ClassifierParts } from '../prediction/classifier-parts';
import { ioHandler } from './io-handler';
import { metadataFrom } from './metadata';
import type { SaveOptions } from './save-options';
import { storedWeights } from './stored-weights';

/**
 * Saves a classifier: network and weights in TensorFlow.js' standard layout, and labels, preprocessing, thresholds, calibration,
 * stages and freeze state in `model.json`.
 *
 * `tf.loadLayersModel` can read the network. For networks with layer classes of Thaw's own, call `registerLayers` first.
 *
 * For smaller downloads, `weights` stores kernels as `'float16'` or `'int8'`. Biases and BatchNormalization's numbers stay
 * float32. docs/guides/shipping.md has the sizes and the loss of accuracy.
 *
 * @param target a folder (Node), a URL that TensorFlow.js saves to (`indexeddb://name`), or an IOHandler.
 * @throws SavedModelError if the model can't be written. A model that was there before stays.
 * @throws OptionError if an option is misspelt, or has a value that it can't have.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import { mkdtemp, readdir } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { backbone, classifier, save } from '@thawjs/core';
 *
 * const network = await backbone('mobilenet_v2', { weights: null, inputSize: [32, 32] });
 * const model = classifier(network, { labels: ['Smiling', 'Eyeglasses'] });
 * const folder = join(await mkdtemp(join(tmpdir(), 'thaw-')), 'faces');
 * await save(model, folder, { weights: 'float16' });
 * console.log((await readdir(folder)).includes('model.json')); // true
 * ```
 */
export async function save(
  classifier: ClassifierParts,
  target: string | io.IOHandler,
  options: SaveOptions = {},
): Promise<void> {
  checkOptions('save', options, { weights: oneOf('float32', 'float16', 'int8') });
  const handler = ioHandler(target, 'save');
  if (!handler.save)
    throw new SavedModelError('save: expected an IOHandler with a save method; received one without.');
  const { model } = classifier;
  const { data, specs } = await storedWeights(classifier, options.weights ?? 'float32');
  const artifacts: io.ModelArtifacts = {
    modelTopology: describeNetwork(model),
    format: 'layers-model',
    generatedBy: '@thawjs/core',
    convertedBy: null,
    userDefinedMetadata: { thaw: metadataFrom(classifier) },
    weightData: data,
    weightSpecs: specs,
  };
  try {
    await handler.save(artifacts);
  } catch (error) {
    if (error instanceof SavedModelError) throw error;
    const place = typeof target === 'string' ? target : 'the handler';
    throw new SavedModelError(`save: expected to write to ${place}; ${reasonOf(error)}.`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
}

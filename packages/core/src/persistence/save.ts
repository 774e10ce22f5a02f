import { io } from '@tensorflow/tfjs-core';
import { SavedModelError } from '../errors';
import type { ClassifierParts } from '../prediction/classifier-parts';
import { modelWeights } from '../weights/model-weights';
import { ioHandler } from './io-handler';
import { metadataFrom } from './metadata';

/**
 * Saves a classifier: network and weights in TensorFlow.js' standard layout, and labels, preprocessing, thresholds, calibration,
 * stages and freeze state in `model.json`.
 *
 * `tf.loadLayersModel` can read the network. For networks with layer classes of Thaw's own, call `registerLayers` first.
 *
 * @param target a folder (Node), a URL that TensorFlow.js saves to (`indexeddb://name`), or an IOHandler.
 * @throws SavedModelError if the model can't be written. A model that was there before stays.
 */
export async function save(classifier: ClassifierParts, target: string | io.IOHandler): Promise<void> {
  const handler = ioHandler(target, 'save');
  if (!handler.save)
    throw new SavedModelError('save: expected an IOHandler with a save method; received one without.');
  const { model } = classifier;
  const weights = modelWeights(model).map(({ name, variable }) => ({ name, tensor: variable }));
  const { data, specs } = await io.encodeWeights(weights);
  const artifacts: io.ModelArtifacts = {
    modelTopology: model.toJSON(null, false) as object,
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

import { dispose, io } from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { registerLayers } from '../backbones/register-layers';
import { Classifier } from '../classifier/classifier';
import { SavedModelError } from '../errors';
import { applyFreezeState } from '../freezing/freeze-state';
import { modelWeights } from '../freezing/model-weights';
import { ioHandler } from './io-handler';
import { metadataOf } from './metadata';

/**
 * Loads a classifier that `save` wrote: network, weights, labels, preprocessing, thresholds and freeze state.
 *
 * @param source the folder (Node), a URL of its `model.json` or of a browser's store, or an IOHandler.
 * @returns the classifier; dispose it when done.
 * @throws SavedModelError where nothing is there, or it's cut short or of another kind.
 */
export async function load(source: string | io.IOHandler): Promise<Classifier> {
  registerLayers();
  const handler = ioHandler(source, 'load');
  const name = typeof source === 'string' ? source : 'the handler';
  if (!handler.load)
    throw new SavedModelError('load: expected an IOHandler with a load method; received one without.');
  const artifacts = await handler.load();
  const metadata = metadataOf(artifacts.userDefinedMetadata, name);
  const model = await network(artifacts, name);
  applyFreezeState(model, metadata.freezing);
  return new Classifier({ model, ...metadata });
}

async function network(artifacts: io.ModelArtifacts, source: string): Promise<tfl.LayersModel> {
  const { weightData, weightSpecs, modelTopology } = artifacts;
  if (!modelTopology || !weightData || !weightSpecs) {
    throw new SavedModelError(
      `load: expected a network with its weights at ${source}; a part is missing. Save it again.`,
    );
  }
  const model = await tfl.models.modelFromJSON(
    withZeros(modelTopology) as Parameters<typeof tfl.models.modelFromJSON>[0],
  );
  const values = io.decodeWeights(io.CompositeArrayBuffer.join(weightData), weightSpecs);
  try {
    const missing = modelWeights(model).filter(({ name }) => !values[name]);
    if (missing.length > 0) {
      throw new SavedModelError(
        `load: expected weights for every layer at ${source}; ${missing.length} lack them, first "${missing[0].name}".`,
      );
    }
    for (const { name, variable } of modelWeights(model)) variable.assign(values[name] as typeof variable);
  } catch (error) {
    model.dispose();
    throw error;
  } finally {
    dispose(Object.values(values));
  }
  return model;
}

/** The topology with every initializer replaced: drawing 23 million numbers that are overwritten takes seconds. */
function withZeros(topology: object): object {
  return JSON.parse(JSON.stringify(topology), (key, value) =>
    key.endsWith('_initializer') && value ? { class_name: 'Zeros', config: {} } : value,
  );
}

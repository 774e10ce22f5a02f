import { dispose, type io, type NamedTensorMap } from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { rememberGraph } from '../backbones/graph-model';
import { registerLayers } from '../backbones/register-layers';
import { SavedModelError } from '../errors';
import { applyFreezeState, readFreezeState } from '../freezing/freeze-state';
import { checkOptions, FLAG, OBJECT } from '../options/check-options';
import { checkHead } from '../persistence/check-head';
import type { LoadOptions } from '../persistence/load-options';
import { metadataFrom, metadataOf, type SavedMetadata } from '../persistence/metadata';
import { namedModelErrors } from '../persistence/named-model-errors';
import { decoded, isKerasPlace, readModel, type StoredModel } from '../persistence/read-model';
import type { StoredClassifier } from '../persistence/stored-classifier';
import { modelWeights } from '../weights/model-weights';
import { sourceName } from '../weights/read-bytes';
import { TRANSFER_RULES } from '../weights/transfer';
import type { WeightsSource } from '../weights/weights-source';
import { withoutInitialValues } from '../weights/without-initial-values';
import { Classifier } from './classifier';

/**
 * Loads a classifier that `save` or `exportKeras` wrote: network, weights, labels, preprocessing, thresholds, calibration and
 * freeze state.
 *
 * The weights in a folder or behind an http(s) URL are compared with the SHA-256 in their file's name. A model is only data:
 * no code in it is run, and no file outside its folder is read.
 *
 * @param source the folder (Node), the URL of a folder or its `model.json` (in a browser also a path, from the page), the URL
 * of a browser's store, or an IOHandler. A `.keras` file is given
 * by its path or URL, which ends in `.keras`, as a `File` or `Blob`, or by its bytes.
 * @returns the classifier, which the caller disposes.
 * @throws SavedModelError if there is no model, or it is cut short, damaged or of another kind; DownloadError if a URL can't
 * be fetched within the limits; WeightsFileError if a `.keras` file can't be read; OptionError if an option is misspelt.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import { mkdtemp } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { backbone, classifier, load } from '@thawjs/core';
 *
 * const network = await backbone('mobilenet_v2', { weights: null, inputSize: [32, 32] });
 * const model = classifier(network, { labels: ['Smiling', 'Eyeglasses'] });
 * const folder = join(await mkdtemp(join(tmpdir(), 'thaw-')), 'faces');
 * await model.save(folder);
 * const loaded = await load(folder);
 * console.log(loaded.labels, loaded.thresholds); // [ 'Smiling', 'Eyeglasses' ] [ 0.5, 0.5 ]
 * loaded.dispose();
 * ```
 */
export async function load(
  source: WeightsSource | io.IOHandler,
  options: LoadOptions = {},
): Promise<Classifier> {
  checkOptions('load', options, { ...TRANSFER_RULES, followLinks: FLAG, graphModel: OBJECT, like: OBJECT });
  registerLayers();
  if (options.graphModel) rememberGraph(options.graphModel);
  const name = isFile(source) ? sourceName(source) : 'the handler';
  const stored = await read(source, options, name);
  const { like } = options;
  const metadata = metadataOf(stored.metadata ?? (like && metadataFrom(like)), name);
  const model = await namedModelErrors(name, () => stored.network());
  try {
    const flagsDecide = stored.flagsDecide || stored.metadata === undefined;
    const freezing = flagsDecide ? flagged(model, metadata.freezing) : metadata.freezing;
    return await namedModelErrors(name, () => classifierOf(model, { ...metadata, freezing }, name));
  } catch (error) {
    model.dispose();
    throw error;
  }
}

async function read(
  source: WeightsSource | io.IOHandler,
  options: LoadOptions,
  name: string,
): Promise<StoredClassifier> {
  const place = source instanceof URL ? source.href : source;
  if (typeof place === 'string' ? isKerasPlace(place) : isFile(place)) {
    const { readKerasFile } = await import('../persistence/read-keras-file');
    return readKerasFile(place as WeightsSource, options);
  }
  const stored = await readModel(place as string | io.IOHandler, options);
  return { metadata: stored.metadata, flagsDecide: false, network: () => network(stored, name) };
}

function isFile(source: WeightsSource | io.IOHandler): source is WeightsSource {
  if (typeof source === 'string' || ArrayBuffer.isView(source)) return true;
  return source instanceof URL || source instanceof Blob || source instanceof ArrayBuffer;
}

/** The layers that are frozen by their flags, and the known modes of other layers' BatchNormalization. */
function flagged(
  model: tfl.LayersModel,
  { batchNorm }: SavedMetadata['freezing'],
): SavedMetadata['freezing'] {
  return { frozen: readFreezeState(model).frozen, batchNorm };
}

function classifierOf(model: tfl.LayersModel, metadata: SavedMetadata, source: string): Classifier {
  const { featureLayer, headLayers, labels, freezing } = metadata;
  const missing = [featureLayer, ...headLayers].find(
    (name) => !model.layers.some((layer) => layer.name === name),
  );
  checkHead(model, labels, source, missing);
  applyFreezeState(model, freezing);
  const { version: _, ...parts } = metadata;
  return new Classifier({ model, ...parts });
}

async function network(stored: StoredModel, source: string): Promise<tfl.LayersModel> {
  const { topology, values } = decoded(stored, source);
  try {
    const numbers = Object.values(values).reduce((sum, { size }) => sum + size, 0);
    const tooLarge = (sentence: string) =>
      new SavedModelError(`load: ${sentence}, at ${source}. The model is damaged: save it again.`);
    const model = await withoutInitialValues(numbers, tooLarge, () =>
      tfl.models.modelFromJSON(topology as Parameters<typeof tfl.models.modelFromJSON>[0]),
    );
    try {
      assignAll(model, values, source);
    } catch (error) {
      model.dispose();
      throw error;
    }
    return model;
  } finally {
    dispose(Object.values(values));
  }
}

function assignAll(model: tfl.LayersModel, values: NamedTensorMap, source: string): void {
  const weights = modelWeights(model);
  const missing = weights.filter(({ name }) => !Object.hasOwn(values, name));
  if (missing.length > 0) {
    throw new SavedModelError(
      `load: expected weights for every layer at ${source}; ${missing.length} lack them, first "${missing[0].name}".`,
    );
  }
  for (const { name, variable } of weights) {
    const value = values[name];
    if (value.shape.join() !== variable.shape.join() || value.dtype !== variable.dtype) {
      throw new SavedModelError(
        `load: expected weights "${name}" of shape [${variable.shape}], ${variable.dtype}, at ${source}; they are ` +
          `[${value.shape}], ${value.dtype}. The model is damaged: save it again.`,
      );
    }
  }
  for (const { name, variable } of weights) variable.assign(values[name] as typeof variable);
}

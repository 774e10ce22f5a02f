import { dispose, type io } from '@tensorflow/tfjs-core';
import { SavedModelError } from '../errors';
import { storedNetwork } from '../model/stored-network';
import { checkOptions, FLAG } from '../options/check-options';
import { checkHead } from '../persistence/check-head';
import type { LoadOptions } from '../persistence/load-options';
import { metadataOf } from '../persistence/metadata';
import { namedModelErrors } from '../persistence/named-model-errors';
import { decoded, isKerasPlace, readModel } from '../persistence/read-model';
import { TRANSFER_RULES } from '../weights/transfer';
import { PredictOnlyClassifier } from './predict-only-classifier';

/** Options of `load` of `@thawjs/core/predict`. The limits on size and time are those of a download, and hold per file. */
export type LoadToPredictOptions = Omit<LoadOptions, 'like' | 'graphModel'>;

/**
 * Loads a classifier that `save` wrote, to predict with it and nothing else.
 *
 * The answers are those of `load` of `@thawjs/core`, number by number. This entry leaves out TensorFlow.js' layers and all of
 * training, so that a page has about half as much to load. It takes every network that Thaw makes: the layers must be of the
 * classes that Thaw computes by itself. `.keras` files, graph models and other layer classes need `load` of `@thawjs/core`.
 *
 * @param source the folder (Node), the URL of a folder or its `model.json` (in a browser also a path, from the page), the URL
 * of a browser's store, or an IOHandler.
 * @returns the classifier, which the caller disposes.
 * @throws SavedModelError if there is no model, it is cut short, damaged or of another kind, or has a layer that this entry
 * can't compute; DownloadError if a URL can't be fetched within the limits; OptionError if an option is misspelt.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-core';
 * import { mkdtemp } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { backbone, classifier } from '@thawjs/core';
 * import { load } from '@thawjs/core/predict';
 *
 * const network = await backbone('mobilenet_v2', { weights: null, inputSize: [32, 32] });
 * const folder = join(await mkdtemp(join(tmpdir(), 'thaw-')), 'faces');
 * await classifier(network, { labels: ['Smiling', 'Eyeglasses'] }).save(folder);
 *
 * const model = await load(folder); // in a page: load('/models/faces')
 * const pixels = tf.randomUniform<tf.Rank.R3>([48, 64, 3], 0, 255);
 * const [best] = await model.classify(pixels);
 * console.log(model.labels.includes(best!.label)); // true
 * ```
 */
export async function load(
  source: string | URL | io.IOHandler,
  options: LoadToPredictOptions = {},
): Promise<PredictOnlyClassifier> {
  checkOptions('load', options, { ...TRANSFER_RULES, followLinks: FLAG });
  const place = source instanceof URL ? source.href : source;
  const name = typeof place === 'string' ? place : 'the handler';
  if (typeof place === 'string' && isKerasPlace(place)) {
    throw new SavedModelError(
      `load: expected the folder or URL that save wrote to; received the Keras file ${place}. Load it by load of @thawjs/core.`,
    );
  }
  const stored = await readModel(place, options);
  const { labels, thresholds, preprocessing, calibration } = metadataOf(stored.metadata, name);
  const { topology, values } = decoded(stored, name);
  try {
    const model = await namedModelErrors(name, () => storedNetwork(topology, values, name));
    try {
      checkHead(model, labels, name);
      return new PredictOnlyClassifier({ model, labels, thresholds, preprocessing, calibration });
    } catch (error) {
      model.dispose();
      throw error;
    }
  } finally {
    dispose(Object.values(values));
  }
}

import { makeFolder } from '@thawjs/files/make-folder';
import { writeFile } from '@thawjs/files/write-file';
import type { ClassifierParts } from '../prediction/classifier-parts';
import { KERAS_CONFIG, KERAS_METADATA, KERAS_WEIGHTS, THAW_METADATA } from '../weights/keras-archive';
import { zipOf } from '../weights/write-zip';
import { kerasConfig } from './keras/keras-config';
import { kerasWeights } from './keras/keras-weights';
import { metadataFrom } from './metadata';
import { writeExport } from './write-export';

/** The version of Keras whose files have this form. */
const KERAS_VERSION = '3.15.1';

/**
 * Writes a classifier as a `.keras` file, which Keras 3 opens, trains and saves, and which `load` reads.
 *
 * In Keras the network computes what `classifier.model` computes: preprocessed images → probabilities. Each layer has the
 * `trainable` flag that it has here. Keras has no `'affine'` BatchNormalization: a layer in this mode is `trainable` there,
 * and in training it uses the statistics of the batch. Labels, thresholds, calibration, preprocessing, stages and the modes of
 * BatchNormalization are in the file's `thaw.json`, which Keras ignores and doesn't save again; give `load` the option `like`
 * for a file that Keras saved. Keras' probabilities are therefore not calibrated.
 *
 * @param file the path; missing folders are made. A file there is replaced.
 * @throws {ExportError} if Keras lacks a layer, or the file can't be written. In a browser, use `kerasBytes`.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import { mkdtemp } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { backbone, classifier, exportKeras, load } from '@thawjs/core';
 *
 * const network = await backbone('mobilenet_v3_small', { weights: null, inputSize: [32, 32] });
 * const model = classifier(network, { labels: ['Smiling', 'Eyeglasses'] });
 * const file = join(await mkdtemp(join(tmpdir(), 'thaw-')), 'model.keras');
 * await exportKeras(model, file);
 * console.log((await load(file)).labels); // [ 'Smiling', 'Eyeglasses' ]
 * ```
 */
export async function exportKeras(classifier: ClassifierParts, file: string): Promise<void> {
  const bytes = await kerasBytes(classifier);
  await writeExport('exportKeras', file, async (node) => {
    await makeFolder(node, node.path.dirname(file));
    await writeFile(node, file, bytes);
  });
}

/**
 * The bytes of the `.keras` file that `exportKeras` writes, in Node or a browser.
 *
 * @throws {ExportError} if Keras lacks a layer
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import { backbone, classifier, kerasBytes } from '@thawjs/core';
 *
 * const network = await backbone('mobilenet_v3_small', { weights: null, inputSize: [32, 32] });
 * const model = classifier(network, { labels: ['Smiling', 'Eyeglasses'] });
 * const bytes = await kerasBytes(model); // in a browser: new Blob([bytes]), for a download
 * console.log(bytes.length > 1e6); // true
 * ```
 */
export async function kerasBytes(classifier: ClassifierParts): Promise<Uint8Array<ArrayBuffer>> {
  const config = kerasConfig(classifier.model);
  const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  return zipOf({
    [KERAS_METADATA]: json({ keras_version: KERAS_VERSION, generated_by: '@thawjs/core' }),
    [KERAS_CONFIG]: json(config),
    [THAW_METADATA]: json(metadataFrom(classifier)),
    [KERAS_WEIGHTS]: await kerasWeights(classifier.model, config),
  });
}

import { makeFolder } from '@thawjs/files/make-folder';
import { writeFile } from '@thawjs/files/write-file';
import { ExportError } from '../errors';
import { modelProgram } from '../model/model-program';
import { checkOptions, oneOf } from '../options/check-options';
import { calibratedOutput } from '../prediction/calibrated-output';
import type { ClassifierParts } from '../prediction/classifier-parts';
import { inputSize } from '../prediction/input-size';
import { NotAProgramError } from '../program/ir';
import { checkWeightBytes } from './graph-bytes';
import { OnnxType, onnxModel } from './onnx/onnx-messages';
import { writeOnnx } from './onnx/write-onnx';
import { writeExport } from './write-export';

/** Options of `exportOnnx` and `onnxBytes`. */
export interface OnnxOptions {
  /**
   * The type of the pixels, from 0 to 255, that the model takes: `'float32'` (default), or `'uint8'` for decoded bytes.
   */
  readonly input?: 'float32' | 'uint8';
}

/**
 * Writes a classifier as an ONNX model, for ONNX Runtime in any language, in browsers and on phones.
 *
 * The input `images` takes pixels [n, height, width, 3], RGB from 0 to 255, of the network's size, for any number of images.
 * The output `probabilities` is float32 [n, labels]. Preprocessing and calibration are included, and BatchNormalization is
 * folded. The metadata have `labels` and `thresholds`, each a JSON list, and `backbone`. The operator set is 17, which ONNX Runtime 1.12
 * and later run.
 *
 * @param file the path; missing folders are made. A file there is replaced.
 * @throws {ExportError} if a layer can't be written in ONNX' operators, the weights are over 2 GiB, or the file can't be
 * written. In a browser, use `onnxBytes`.
 * @throws {OptionError} if an option is misspelt, or has a value that it can't have
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import { mkdtemp, readdir } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { backbone, classifier, exportOnnx } from '@thawjs/core';
 *
 * const network = await backbone('mobilenet_v3_small', { weights: null, inputSize: [32, 32] });
 * const model = classifier(network, { labels: ['Smiling', 'Eyeglasses'] });
 * const folder = await mkdtemp(join(tmpdir(), 'thaw-'));
 * await exportOnnx(model, join(folder, 'model.onnx'));
 * console.log(await readdir(folder)); // [ 'model.onnx' ]
 * ```
 */
export async function exportOnnx(
  classifier: ClassifierParts,
  file: string,
  options: OnnxOptions = {},
): Promise<void> {
  const bytes = await onnxBytes(classifier, options);
  await writeExport('exportOnnx', file, async (node) => {
    await makeFolder(node, node.path.dirname(file));
    await writeFile(node, file, bytes);
  });
}

/**
 * The bytes of the ONNX model that `exportOnnx` writes, in Node or a browser.
 *
 * @throws {ExportError} if a layer can't be written in ONNX' operators, or the weights are over 2 GiB
 * @throws {OptionError} if an option is misspelt, or has a value that it can't have
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import { backbone, classifier, onnxBytes } from '@thawjs/core';
 *
 * const network = await backbone('mobilenet_v3_small', { weights: null, inputSize: [32, 32] });
 * const model = classifier(network, { labels: ['Smiling', 'Eyeglasses'] });
 * const bytes = await onnxBytes(model); // in a browser: new Blob([bytes]), for a download
 * console.log(bytes.length > 1e6); // true
 * ```
 */
export async function onnxBytes(classifier: ClassifierParts, options: OnnxOptions = {}): Promise<Uint8Array> {
  const { model, preprocessing, labels, thresholds, backboneName, calibration } = classifier;
  const { input = 'float32' } = options;
  checkOptions('exportOnnx', options, { input: oneOf('float32', 'uint8') });
  checkWeightBytes('exportOnnx', 'an ONNX file', model);
  const images = {
    name: 'images',
    type: OnnxType[input === 'float32' ? 'float' : 'uint8'],
    sizes: [null, ...inputSize(model), preprocessing.mean.length],
  };
  const probabilities = { name: 'probabilities', type: OnnxType.float, sizes: [null, labels.length] };
  try {
    const { program, outputs, pixels } = modelProgram(model, { training: false, preprocessing });
    const wanted = calibration ? calibratedOutput(program, outputs[0], calibration) : outputs[0];
    const given = input === 'float32' ? pixels!.floats : pixels!.bytes;
    const graph = await writeOnnx(program, given, wanted, {
      input: images.name,
      output: probabilities.name,
    });
    return onnxModel({
      ...graph,
      name: model.name,
      input: images,
      output: probabilities,
      metadata: {
        labels: JSON.stringify(labels),
        thresholds: JSON.stringify(thresholds),
        backbone: backboneName,
      },
    });
  } catch (error) {
    if (!(error instanceof NotAProgramError)) throw error;
    throw new ExportError(
      `exportOnnx: expected a model of layers that ONNX has operators for; ${error.message}. Save it with save.`,
      { cause: error },
    );
  }
}

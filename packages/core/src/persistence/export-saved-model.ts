import { ExportError } from '../errors';
import { writeFolder } from '../files/write-folder';
import { modelProgram } from '../model/model-program';
import { calibratedOutput } from '../prediction/calibrated-output';
import type { ClassifierParts, NetworkParts } from '../prediction/classifier-parts';
import { inputSize } from '../prediction/input-size';
import { NotAProgramError } from '../program/ir';
import { DataType } from '../program/node-writer';
import { GraphWriter } from '../run/tensorflow/graph-writer';
import { savedModel } from '../run/tensorflow/messages';
import { constantStates } from '../run/tensorflow/session-states';
import { describeOperation, type SessionPart, writeEntry } from '../run/tensorflow/write-entry';
import { checkWeightBytes } from './graph-bytes';
import { writeExport } from './write-export';

/**
 * Writes a classifier as a TensorFlow SavedModel, for TensorFlow Serving, Python and every other runtime of TensorFlow.
 *
 * The signature `serving_default` takes `images`, float32 `[n, height, width, 3]`, RGB from 0 to 255, of the network's size,
 * and returns `probabilities`, float32 `[n, labels]`, calibrated if the classifier is. Preprocessing is included, and BatchNormalization is folded. The
 * weights are constants, so the SavedModel can't be trained further. Beside it, `labels.json` has the names of the labels and
 * `thresholds.json` their thresholds, each as a list.
 * TensorFlow Serving expects one folder per version, such as `models/faces/1`.
 *
 * @param folder is made if it doesn't exist. Files of another model in it are replaced.
 * @throws ExportError if a layer has no TensorFlow kernels, the weights are over 2 GiB, or the folder can't be written.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import { mkdtemp, readdir } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { classifier, exportSavedModel, resnet50 } from '@thawjs/core';
 *
 * const backbone = await resnet50({ weights: null, inputSize: [32, 32] });
 * const model = classifier(backbone, { labels: ['Smiling', 'Eyeglasses'] });
 * const folder = join(await mkdtemp(join(tmpdir(), 'thaw-')), 'faces', '1');
 * await exportSavedModel(model, folder);
 * console.log((await readdir(folder)).sort()); // [ 'labels.json', 'saved_model.pb', 'thresholds.json' ]
 * ```
 */
export async function exportSavedModel(
  {
    model,
    preprocessing,
    labels,
    calibration,
    thresholds,
  }: NetworkParts & Pick<ClassifierParts, 'thresholds'>,
  folder: string,
): Promise<void> {
  checkWeightBytes('exportSavedModel', "a SavedModel's graph", model);
  const bytes = bytesOf({ model, preprocessing, labels, calibration });
  const files = {
    'saved_model.pb': bytes,
    'labels.json': JSON.stringify(labels),
    'thresholds.json': JSON.stringify(thresholds),
  };
  await writeExport('exportSavedModel', folder, (node) => writeFolder(node, folder, files));
}

function bytesOf({ model, preprocessing, labels, calibration }: NetworkParts): Uint8Array {
  const writer = new GraphWriter();
  const imageSizes = [null, ...inputSize(model), preprocessing.mean.length];
  const images = writer.input(imageSizes);
  try {
    const { program, outputs, pixels } = modelProgram(model, { training: false, preprocessing });
    const known = new Map([[pixels!.floats, images]]);
    const given = calibration ? [calibratedOutput(program, outputs[0], calibration)] : outputs;
    const written = writeEntry(constantStates(writer), { program, outputs: given }, known);
    const foreign = written.find((part) => 'kind' in part);
    if (foreign) throw new NotAProgramError(`${describeOperation(foreign)} has no TensorFlow kernel`);
    const [probabilities] = (written[0] as SessionPart).fetchedNames;
    return savedModel(writer.graph, {
      serving_default: {
        inputs: { images: { name: images, dtype: DataType.float, sizes: imageSizes } },
        outputs: {
          probabilities: { name: probabilities, dtype: DataType.float, sizes: [null, labels.length] },
        },
      },
    });
  } catch (error) {
    if (!(error instanceof NotAProgramError)) throw error;
    throw new ExportError(
      `exportSavedModel: expected a model of layers with TensorFlow kernels; ${error.message}. Save it with save.`,
      { cause: error },
    );
  }
}

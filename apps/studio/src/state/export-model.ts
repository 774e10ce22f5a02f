import { downloadFile } from '../files/download-file';
import { writeZip } from '../files/write-zip';
import { trainedClassifier } from './current-model';

/** How the weights of the TensorFlow.js model are stored. */
export type Weights = 'float32' | 'float16' | 'int8';

/** Saves the model in TensorFlow.js' layout: a folder `model` in a zip. */
export async function exportTfjs(weights: Weights): Promise<void> {
  const files = await (await trainedClassifier()).save({ weights });
  const parts = Object.entries(files).map(([name, bytes]) => ({
    path: `model/${name}`,
    content: new Blob([bytes as Uint8Array<ArrayBuffer>]),
  }));
  downloadFile('model.zip', await writeZip(parts));
}

export async function exportOnnx(): Promise<void> {
  downloadFile('model.onnx', blobOf(await (await trainedClassifier()).toOnnx()));
}

export async function exportKeras(): Promise<void> {
  downloadFile('model.keras', blobOf(await (await trainedClassifier()).toKeras()));
}

function blobOf(bytes: Uint8Array): Blob {
  return new Blob([bytes as Uint8Array<ArrayBuffer>]);
}

import type { io } from '@tensorflow/tfjs-core';
import { weightsFileName } from '../weights/weights-file-name';
import { joinedWeights } from './model-artifacts';

/** The two files of a saved model: the weights, and `model.json`, which names them. */
export interface SavedFiles {
  readonly weightsFile: string;
  readonly weights: Uint8Array<ArrayBuffer>;
  /** The text of `model.json`. */
  readonly json: string;
}

/** Makes the files of a model in TensorFlow.js' standard layout. The weights file is named after its content. */
export async function savedFiles({
  weightData,
  weightSpecs,
  ...rest
}: io.ModelArtifacts): Promise<SavedFiles> {
  const weights = joinedWeights(weightData);
  const weightsFile = await weightsFileName(weights);
  const json = JSON.stringify({
    ...rest,
    weightsManifest: [{ paths: [weightsFile], weights: weightSpecs }],
  });
  return { weightsFile, weights, json };
}

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { relativeError } from '../training/parity/relative-error';

/** Inputs of a model, and what Keras' model gave for them: conformance/backbones/models_keras.py. */
export interface ModelOutputs {
  readonly inputs: readonly { readonly shape: readonly number[]; readonly data: readonly number[] }[];
  readonly outputs: readonly (readonly number[])[];
  /** The number of weights that Keras trains. */
  readonly learning?: number;
}

/** The largest relative difference of a model's outputs from Keras'. */
export function outputsError(model: LayersModel, { inputs, outputs }: ModelOutputs): number {
  const found = tf.tidy(() => {
    const xs = inputs.map(({ shape, data }) => tf.tensor([...data], [...shape]));
    const ys = model.predict(xs.length > 1 ? xs : xs[0]) as tf.Tensor | tf.Tensor[];
    return (Array.isArray(ys) ? ys : [ys]).map((y) => y.dataSync());
  });
  return Math.max(
    ...outputs.map((expected, i) => relativeError(found[i] ?? [], expected)),
    ...(found.length === outputs.length ? [] : [Number.POSITIVE_INFINITY]),
  );
}

import * as tf from '@tensorflow/tfjs-core';
import type { ClassifierParts } from './classifier-parts';

type Head = Pick<ClassifierParts, 'model' | 'headLayers' | 'labels' | 'thresholds'>;

/**
 * Gives a classifier of other labels what one on the same features has learned: the standardising layer, the weights of the
 * labels that both have.
 *
 * @returns the thresholds, of labels that both have the old ones
 */
export function keepLabels(before: Head, after: Head): readonly number[] {
  const layerOf = ({ model, headLayers }: Head, kind: string) =>
    headLayers.map((name) => model.getLayer(name)).find((layer) => layer.getClassName() === kind);
  const [normBefore, norm] = [before, after].map((one) => layerOf(one, 'BatchNormalization'));
  if (normBefore && norm) norm.setWeights(normBefore.getWeights());
  const [denseBefore, dense] = [before, after].map((one) => layerOf(one, 'Dense'));
  if (!denseBefore || !dense) return after.thresholds;
  tf.tidy(() => {
    const [oldKernel, oldBias] = denseBefore.getWeights() as [tf.Tensor2D, tf.Tensor1D];
    const [kernel, bias] = dense.getWeights() as [tf.Tensor2D, tf.Tensor1D];
    const places = after.labels.map((label) => before.labels.indexOf(label));
    const chosen = (old: tf.Tensor, fresh: tf.Tensor, axis: number) =>
      tf.concat(
        places.map((place, i) => tf.gather(place < 0 ? fresh : old, [place < 0 ? i : place], axis)),
        axis,
      );
    dense.setWeights([chosen(oldKernel, kernel, 1), chosen(oldBias, bias, 0)]);
  });
  return after.labels.map(
    (label, i) => before.thresholds[before.labels.indexOf(label)] ?? after.thresholds[i],
  );
}

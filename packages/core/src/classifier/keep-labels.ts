import * as tf from '@tensorflow/tfjs-core';
import type { ClassifierParts } from '../prediction/classifier-parts';

type Decisions = Pick<ClassifierParts, 'thresholds' | 'calibration'>;
type Head = Pick<ClassifierParts, 'model' | 'headLayers' | 'labels'> & Decisions;

/**
 * Gives a classifier of other labels what one on the same features has learned: the standardising layer, the weights of the
 * labels that both have.
 *
 * @returns thresholds and calibration: those of before for labels that both have
 */
export function keepLabels(before: Head, after: Head): Decisions {
  const layerOf = ({ model, headLayers }: Head, kind: string) =>
    headLayers.map((name) => model.getLayer(name)).find((layer) => layer.getClassName() === kind);
  const [normBefore, norm] = [before, after].map((one) => layerOf(one, 'BatchNormalization'));
  if (normBefore && norm) norm.setWeights(normBefore.getWeights());
  const [denseBefore, dense] = [before, after].map((one) => layerOf(one, 'Dense'));
  if (!denseBefore || !dense) return { thresholds: after.thresholds };
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
  const kept = (old: readonly number[], fresh: number) =>
    after.labels.map((label) => old[before.labels.indexOf(label)] ?? fresh);
  const { calibration } = before;
  return {
    thresholds: kept(before.thresholds, 0.5),
    ...(calibration && {
      calibration: { slopes: kept(calibration.slopes, 1), intercepts: kept(calibration.intercepts, 0) },
    }),
  };
}

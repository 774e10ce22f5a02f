import * as tf from '@tensorflow/tfjs-core';
import { preprocess } from '../backbones/preprocess';
import { type BatchNormLayer, batchNormMode, isBatchNorm } from '../freezing/batch-norm-mode';
import { leafLayers } from '../layers/leaf-layers';
import type { PhaseRun } from './phase-run';
import { random } from './random';
import { seededDropout } from './steps/seeded-dropout';

/**
 * Computes the moving statistics of the BatchNormalization layers in mode `'training'` anew, as the mean over the batches
 * of the training images, with the model's present weights.
 *
 * After an average of weights is taken, the statistics are still those of the single weights. As PyTorch's `update_bn`.
 *
 * @returns whether there are such layers.
 */
export async function recomputeStatistics(
  { model, preprocessing, train }: Pick<PhaseRun, 'model' | 'preprocessing' | 'train'>,
  { seed, epoch, signal }: { readonly seed: number; readonly epoch: number; readonly signal?: AbortSignal },
): Promise<boolean> {
  const norms = leafLayers(model)
    .map(({ layer }) => layer)
    .filter((layer) => isBatchNorm(layer) && batchNormMode(layer) === 'training')
    .map((layer) => layer as BatchNormLayer & { momentum: number });
  if (norms.length === 0) return false;
  const own = norms.map(({ momentum }) => momentum);
  const dropout = seededDropout(model);
  let batch = 0;
  try {
    for await (const { x } of train.epoch(epoch)) {
      try {
        for (const norm of norms) norm.momentum = batch / (batch + 1);
        dropout.next(random(seed, epoch, batch, 2));
        tf.tidy(() => {
          model.apply(preprocessing ? preprocess(x as tf.Tensor4D, preprocessing) : x, { training: true });
        });
      } finally {
        x.dispose();
      }
      batch += 1;
      signal?.throwIfAborted();
    }
  } finally {
    dropout.restore();
    for (const [i, norm] of norms.entries()) norm.momentum = own[i];
  }
  return true;
}

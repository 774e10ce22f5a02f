import * as tf from '@tensorflow/tfjs-core';
import { classifier, faceResnet, fineTune, progress } from '../../packages/core/src/index';
import type { ImageDataset } from '../../packages/datasets/src/index';
import { averagePrecisionScore, rocAucScore } from '../../packages/metrics/src/index';
import type { Configuration } from './configurations';

/** What one run came to on identities that it never saw. */
export interface RunResult {
  readonly seed: number;
  readonly macroAuc: number;
  readonly meanAveragePrecision: number;
  readonly seconds: number;
}

/** Trains with one seed, which draws the split by identity too, and scores the test part. */
export async function runConfiguration(
  faces: ImageDataset,
  { size, classifier: head_, augment, head, thaw, options }: Configuration,
  seed: number,
): Promise<RunResult> {
  const { train, validation, test } = faces.split({ by: 'identity', seed });
  const started = performance.now();
  const model = classifier(await faceResnet({ inputSize: size }), { ...head_, labels: train.labels, seed });
  await fineTune(model, {
    ...options,
    train: train.augment(augment),
    validation,
    seed,
    head,
    thaw,
    callbacks: [progress({ log: console.error })],
  });
  const seconds = (performance.now() - started) / 1000;
  const scores = await model.predict(test, { precision: options.precision });
  const among = { average: 'macro', undefined: 'skip' } as const;
  const macroAuc = rocAucScore(test.y, scores, among);
  const meanAveragePrecision = averagePrecisionScore(test.y, scores, among);
  model.dispose();
  tf.disposeVariables();
  return { seed, macroAuc, meanAveragePrecision, seconds };
}

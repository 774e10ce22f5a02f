import * as tf from '@tensorflow/tfjs-core';
import { DivergedError } from '../errors';
import { checkRowCount, checkRows } from '../prediction/check-rows';
import { batchLabels } from './batch-labels';
import type { EpochTally } from './epoch-tally';
import { random } from './random';
import type { StepInputs } from './step-input';
import {
  NotFiniteStepError,
  type StepBatch,
  type StepResult,
  type TrainingSteps,
} from './steps/training-step';

export interface EpochOptions {
  readonly epoch: number;
  /** Factors for the loss, one per row of the data set, or one per row and label; default 1. */
  readonly sampleWeights?: ArrayLike<number>;
  readonly signal?: AbortSignal;
  /** Called after each step. */
  readonly onStep: () => void | Promise<void>;
}

export interface TrainEpochOptions extends EpochOptions {
  /** Seeds dropout. */
  readonly seed: number;
  /** The number of steps of the phase before this epoch. */
  readonly stepsBefore: number;
  /** The learning rate of a step. Steps count from 0 within the epoch. */
  readonly learningRateAt: (step: number) => number;
  /** If weights are averaged: the share of the new weights in the average, by step of the phase. */
  readonly averageShareAt?: (step: number) => number;
}

/**
 * Trains for one epoch: a step per batch.
 *
 * @param tally the steps of the epoch that are done already. The epoch begins after them, and adds to the tally.
 * @throws DivergedError if a number of a step isn't finite. The weights then stay as they were before the step.
 */
export async function trainEpoch(
  steps: TrainingSteps,
  inputs: StepInputs,
  tally: EpochTally,
  options: TrainEpochOptions,
): Promise<void> {
  const { seed, epoch, stepsBefore, learningRateAt, averageShareAt } = options;
  await runEpoch(inputs, tally, options, (batch) => {
    const step = tally.steps;
    return steps.train(batch, {
      learningRate: learningRateAt(step),
      // Each step has a random stream of its own, so that a resumed run draws the same numbers.
      random: random(seed, epoch, step, 1),
      step: stepsBefore + step,
      averageShare: averageShareAt?.(stepsBefore + step),
    });
  });
}

/** Computes loss and scores of a data set, without training. */
export async function measureEpoch(
  steps: TrainingSteps,
  inputs: StepInputs,
  tally: EpochTally,
  options: EpochOptions,
): Promise<void> {
  await runEpoch(inputs, tally, options, (batch) => steps.evaluate(batch));
}

async function runEpoch(
  inputs: StepInputs,
  tally: EpochTally,
  { epoch, sampleWeights, signal, onStep }: EpochOptions,
  run: (batch: StepBatch) => Promise<StepResult>,
): Promise<void> {
  const columns = tally.labels;
  for await (const input of inputs.epoch(epoch, tally.steps)) {
    const { rows, y, known } = input;
    const taken: tf.Tensor[] = [input.x];
    try {
      checkRows(rows, tally.images, inputs.length);
      const labels = batchLabels(input, columns);
      const matrix = (values: Float32Array) => tf.tensor2d(values, [rows.length, columns]);
      const batch = {
        x: input.x,
        y: matrix(labels.y),
        known: matrix(labels.known),
        weights: weightsOf(rows, columns, sampleWeights, inputs.length),
      };
      taken.push(batch.y, batch.known, batch.weights);
      const { loss, scores } = await run(batch);
      const [[mean], values] = await Promise.all([loss.data(), scores.data()]);
      tf.dispose([loss, scores]);
      if (!Number.isFinite(mean)) throw new NotFiniteStepError(`the loss is ${mean}`);
      tally.add(rows.length, mean, y, values, known);
    } catch (error) {
      if (!(error instanceof NotFiniteStepError)) throw error;
      throw diverged(error.message, epoch, tally.steps);
    } finally {
      tf.dispose(taken);
    }
    await onStep();
    signal?.throwIfAborted();
  }
  checkRowCount(tally.images, inputs.length);
}

/** The sample weights of a batch: `[images]`, or `[images, labels]` if there are weights per label. */
function weightsOf(
  rows: Int32Array,
  columns: number,
  weights: ArrayLike<number> | undefined,
  images: number,
): tf.Tensor {
  if (!weights || weights.length === images) {
    return tf.tensor1d(Float32Array.from(rows, (row) => weights?.[row] ?? 1));
  }
  const cells = Array.from(rows).flatMap((row) =>
    Array.from({ length: columns }, (_, label) => weights[row * columns + label]),
  );
  return tf.tensor2d(cells, [rows.length, columns]);
}

function diverged(where: string, epoch: number, batch: number): DivergedError {
  return new DivergedError(
    `training: expected finite numbers; in epoch ${epoch}, batch ${batch}, ${where}. Nothing of this step was learned. ` +
      'Lower the learning rate, clip the gradients with globalClipnorm, and look for NaN in the images and the weights.',
  );
}

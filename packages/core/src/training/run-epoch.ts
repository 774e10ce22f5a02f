import * as tf from '@tensorflow/tfjs-core';
import { DivergedError } from '../errors';
import { batchLabels } from './batch-labels';
import type { MetricMatrix } from './metric';
import { random } from './random';
import type { StepInputs } from './step-input';
import {
  NotFiniteStepError,
  type StepBatch,
  type StepResult,
  type TrainingSteps,
} from './steps/training-step';

/** What an epoch saw: the mean loss, and labels and probabilities in the order of its steps. */
export interface EpochResult {
  readonly loss: number;
  /** 0 or 1; what is mixed of both counts as what there is more of. */
  readonly yTrue: MetricMatrix<Uint8Array>;
  readonly yScore: MetricMatrix<Float32Array>;
  /** 0 where a label isn't known; undefined where all are. */
  readonly known?: MetricMatrix<Uint8Array>;
}

export interface EpochOptions {
  readonly epoch: number;
  /** Labels, and so columns of what the model gives. */
  readonly labels: number;
  /** A factor per row of the data set for its loss, or per row and label; by default 1 each. */
  readonly sampleWeights?: ArrayLike<number>;
  readonly signal?: AbortSignal;
  /** Called after each step with the mean loss so far. */
  readonly onBatch: (batches: number, loss: number) => void | Promise<void>;
}

export interface TrainEpochOptions extends EpochOptions {
  /** Seeds dropout. */
  readonly seed: number;
  /** Steps of the phase before this epoch. */
  readonly stepsBefore: number;
  /** The learning rate of a step, counted within the epoch from 0. */
  readonly learningRateAt: (step: number) => number;
}

/**
 * One pass of training: for every batch the loss, its gradients, a step of the optimizer.
 *
 * @throws DivergedError if a number of a step isn't finite; the weights stay what they were before the step then.
 */
export async function trainEpoch(
  steps: TrainingSteps,
  inputs: StepInputs,
  options: TrainEpochOptions,
): Promise<EpochResult> {
  const { seed, epoch, stepsBefore, learningRateAt } = options;
  return runEpoch(inputs, options, (batch, step) =>
    steps.train(batch, {
      learningRate: learningRateAt(step),
      // Drawn per step, so that a step is the same wherever a run was taken up.
      random: random(seed, epoch, step, 1),
      step: stepsBefore + step,
    }),
  );
}

/** One pass without training. */
export function validateEpoch(
  steps: TrainingSteps,
  inputs: StepInputs,
  options: EpochOptions,
): Promise<EpochResult> {
  return runEpoch(inputs, options, (batch) => steps.evaluate(batch));
}

async function runEpoch(
  inputs: StepInputs,
  { epoch, labels: columns, sampleWeights, signal, onBatch }: EpochOptions,
  step: (batch: StepBatch, index: number) => Promise<StepResult>,
): Promise<EpochResult> {
  const yTrue = new Uint8Array(inputs.length * columns);
  const yScore = new Float32Array(inputs.length * columns);
  let allKnown: Uint8Array | undefined;
  let images = 0;
  let sum = 0;
  let batches = 0;
  for await (const input of inputs.epoch(epoch)) {
    const { rows, y, known } = input;
    const taken: tf.Tensor[] = [input.x];
    let loss: number;
    try {
      const labels = batchLabels(input, columns);
      const matrix = (values: Float32Array) => tf.tensor2d(values, [rows.length, columns]);
      const batch = {
        x: input.x,
        y: matrix(labels.y),
        known: matrix(labels.known),
        weights: weightsOf(rows, columns, sampleWeights, inputs.length),
      };
      taken.push(batch.y, batch.known, batch.weights);
      const result = await step(batch, batches);
      const values = await Promise.all([result.loss.data(), result.scores.data()]);
      tf.dispose([result.loss, result.scores]);
      loss = values[0][0];
      yScore.set(values[1], images * columns);
    } catch (error) {
      if (!(error instanceof NotFiniteStepError)) throw error;
      throw diverged(error.message, epoch, batches);
    } finally {
      tf.dispose(taken);
    }
    if (!Number.isFinite(loss)) throw diverged(`the loss is ${loss}`, epoch, batches);
    yTrue.set(y.map(Math.round), images * columns);
    if (known) {
      allKnown ??= new Uint8Array(inputs.length * columns).fill(1);
      allKnown.set(known, images * columns);
    }
    images += rows.length;
    batches += 1;
    sum += loss * rows.length;
    await onBatch(batches, sum / images);
    signal?.throwIfAborted();
  }
  const shape = [images, columns] as const;
  return {
    loss: sum / images,
    yTrue: { data: yTrue.subarray(0, images * columns), shape },
    yScore: { data: yScore.subarray(0, images * columns), shape },
    ...(allKnown && { known: { data: allKnown.subarray(0, images * columns), shape } }),
  };
}

/** The weights of a batch's images, one per image or, if there are as many, one per image and label. */
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

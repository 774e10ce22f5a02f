import * as tf from '@tensorflow/tfjs-core';
import { DivergedError } from '../errors';
import { batchLabels } from './batch-labels';
import type { MetricMatrix } from './metric';
import { random } from './random';
import type { StepInputs } from './step-input';
import type { StepBatch, StepResult, TrainingSteps } from './steps/training-step';

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
  /** A factor a row of the data set for its loss; by default 1 each. */
  readonly sampleWeights?: ArrayLike<number>;
  readonly signal?: AbortSignal;
  /** Called after each step with the mean loss so far. */
  readonly onBatch: (batches: number, loss: number) => void | Promise<void>;
}

export interface TrainEpochOptions extends EpochOptions {
  /** Seeds dropout. */
  readonly seed: number;
}

/**
 * One pass of training: for every batch the loss, its gradients, a step of the optimizer.
 *
 * @throws DivergedError where the loss is not a number any more.
 */
export async function trainEpoch(
  steps: TrainingSteps,
  inputs: StepInputs,
  options: TrainEpochOptions,
): Promise<EpochResult> {
  const next = random(options.seed, options.epoch, 1);
  steps.begin();
  try {
    return await runEpoch(inputs, options, (batch) => steps.train(batch, next));
  } finally {
    steps.end();
  }
}

/** One pass without training. */
export function validateEpoch(
  steps: TrainingSteps,
  inputs: StepInputs,
  options: EpochOptions,
): Promise<EpochResult> {
  steps.begin();
  return runEpoch(inputs, options, (batch) => steps.evaluate(batch));
}

async function runEpoch(
  inputs: StepInputs,
  { epoch, labels: columns, sampleWeights, signal, onBatch }: EpochOptions,
  step: (batch: StepBatch) => StepResult,
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
      const labels = tf.tensor2d(batchLabels(input, columns), [rows.length, columns]);
      const weights = tf.tensor1d(Float32Array.from(rows, (row) => sampleWeights?.[row] ?? 1));
      taken.push(labels, weights);
      const result = step({ x: input.x, y: labels, weights });
      const values = await Promise.all([result.loss.data(), result.scores.data()]);
      tf.dispose([result.loss, result.scores]);
      loss = values[0][0];
      yScore.set(values[1], images * columns);
    } finally {
      tf.dispose(taken);
    }
    if (!Number.isFinite(loss)) throw diverged(loss, epoch, batches);
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

function diverged(loss: number, epoch: number, batch: number): DivergedError {
  return new DivergedError(
    `training: expected a finite loss; it is ${loss} in epoch ${epoch}, batch ${batch}. ` +
      'Lower the learning rate, and look for NaN in the images and the weights.',
  );
}

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { DataMismatchError, DivergedError } from '../errors';
import { leafLayers } from '../freezing/leaf-layers';
import type { Loss } from './binary-crossentropy';
import type { Matrix } from './metric';
import type { Optimizer } from './optimizers/optimizer';
import { random } from './random';
import type { StepInput, StepInputs } from './step-input';

/** What an epoch saw: the mean loss, and labels and probabilities in the order of its steps. */
export interface EpochResult {
  readonly loss: number;
  readonly yTrue: Matrix<Uint8Array>;
  readonly yScore: Matrix<Float32Array>;
}

export interface EpochOptions {
  readonly epoch: number;
  readonly loss: Loss;
  /** A factor a row of the data set for its loss; by default 1 each. */
  readonly sampleWeights?: ArrayLike<number>;
  readonly signal?: AbortSignal;
  /** Called after each step with the mean loss so far. */
  readonly onBatch: (batches: number, loss: number) => void | Promise<void>;
}

export interface TrainEpochOptions extends EpochOptions {
  readonly optimizer: Optimizer;
  readonly variables: readonly tf.Variable[];
  /** Seeds dropout. */
  readonly seed: number;
}

/**
 * One pass of training: for every batch the loss, its gradients, a step of the optimizer.
 *
 * @throws DivergedError where the loss is not a number any more.
 */
export async function trainEpoch(
  model: LayersModel,
  inputs: StepInputs,
  options: TrainEpochOptions,
): Promise<EpochResult> {
  const { optimizer, variables, seed, epoch, loss } = options;
  const dropout = seededDropout(model, random(seed, epoch, 1));
  try {
    return await runEpoch(model, inputs, options, ({ x }, y, weights) => {
      dropout.next();
      return tf.tidy(() => {
        let scores: tf.Tensor2D | undefined;
        const { value, grads } = tf.variableGrads(() => {
          scores = model.apply(x, { training: true }) as tf.Tensor2D;
          return total(model, loss(y, tf.keep(scores)), weights);
        }, [...variables]);
        optimizer.apply(variables, grads);
        return { value, scores: scores! };
      });
    });
  } finally {
    dropout.restore();
  }
}

/** One pass without training. */
export function validateEpoch(
  model: LayersModel,
  inputs: StepInputs,
  options: EpochOptions,
): Promise<EpochResult> {
  return runEpoch(model, inputs, options, ({ x }, y, weights) =>
    tf.tidy(() => {
      const scores = model.apply(x, { training: false }) as tf.Tensor2D;
      return { value: total(model, options.loss(y, scores), weights), scores };
    }),
  );
}

/**
 * The weighted mean over the images, and the penalties of the layers' regularizers, as Keras adds them: of a layer once,
 * however often it is called (a tfjs model counts it at each call).
 */
function total(model: LayersModel, losses: tf.Tensor1D, weights: tf.Tensor1D): tf.Scalar {
  const penalties = leafLayers(model).flatMap(({ layer }) => layer.calculateLosses());
  return tf.addN([tf.mean(tf.mul(losses, weights)), ...penalties]) as tf.Scalar;
}

type Step = (
  input: StepInput,
  y: tf.Tensor2D,
  weights: tf.Tensor1D,
) => { value: tf.Tensor; scores: tf.Tensor2D };

async function runEpoch(
  model: LayersModel,
  inputs: StepInputs,
  { epoch, sampleWeights, signal, onBatch }: EpochOptions,
  step: Step,
): Promise<EpochResult> {
  const columns = Number(model.outputs[0].shape[1]);
  const yTrue = new Uint8Array(inputs.length * columns);
  const yScore = new Float32Array(inputs.length * columns);
  let images = 0;
  let sum = 0;
  let batches = 0;
  for await (const input of inputs.epoch(epoch)) {
    const { rows, y } = input;
    if (y.length !== rows.length * columns) {
      input.x.dispose();
      throw new DataMismatchError(
        `batches: expected ${rows.length}×${columns} labels, a column for each output of the model; received ${y.length} values.`,
      );
    }
    const labels = tf.tensor2d(new Float32Array(y), [rows.length, columns]);
    const weights = tf.tensor1d(Float32Array.from(rows, (row) => sampleWeights?.[row] ?? 1));
    let loss: number;
    try {
      const { value, scores } = step(input, labels, weights);
      const values = await Promise.all([value.data(), scores.data()]);
      tf.dispose([value, scores]);
      loss = values[0][0];
      yScore.set(values[1], images * columns);
    } finally {
      tf.dispose([input.x, labels, weights]);
    }
    if (!Number.isFinite(loss)) throw diverged(loss, epoch, batches);
    yTrue.set(y, images * columns);
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
  };
}

/**
 * tfjs-layers' Dropout draws the same mask in every step where it has a seed, and one that can't be repeated
 * where it has none: give it a fresh seed a step, and its own back at the end.
 */
function seededDropout(model: LayersModel, random: () => number) {
  const layers = leafLayers(model)
    .map(({ layer }) => layer as typeof layer & { seed?: number })
    .filter((layer) => /Dropout$/.test(layer.getClassName()));
  const own = layers.map(({ seed }) => seed);
  return {
    next: () => {
      for (const layer of layers) layer.seed = Math.floor(random() * 2 ** 31);
    },
    restore: () => {
      for (const [i, layer] of layers.entries()) layer.seed = own[i];
    },
  };
}

function diverged(loss: number, epoch: number, batch: number): DivergedError {
  return new DivergedError(
    `training: expected a finite loss; it is ${loss} in epoch ${epoch}, batch ${batch}. ` +
      'Lower the learning rate, and look for NaN in the images and the weights.',
  );
}

import * as tf from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { type BatchNormLayer, isBatchNorm } from '../freezing/batch-norm-mode';
import type { ClassifierParts } from '../prediction/classifier-parts';
import { type LayerVariable, weightsOf } from '../tfjs-internals/layer-weights';

type Layer = layers.Layer;

/** The factor of a new kernel: initial weights of usual size would drown the base rates in noise for many steps. */
const SMALL = 0.01;

/** How features are scaled before a linear model: `(x − mean) · scale`, per feature. */
export interface FeatureScale {
  readonly mean: Float32Array;
  readonly scale: Float32Array;
}

/** A head that computes `sigmoid(scaled features · kernel + bias)` in inference. */
export interface LinearHead {
  /** The standardising layer, which has neither gamma nor beta; undefined if features are taken as they are. */
  readonly norm: BatchNormLayer | undefined;
  /** The share of features that training drops. */
  readonly dropout: number;
  /** `[features, labels]`. */
  readonly kernel: LayerVariable;
  readonly bias: LayerVariable;
  /** Reads how the standardising layer scales features now. */
  scale(): Promise<FeatureScale>;
  /** Sets kernel and bias from coefficients `[features + 1, labels]` of the scaled features. */
  assign(coefficients: Float64Array): void;
  /** Sets the bias, and makes the kernel so small that predictions begin close to `sigmoid(bias)`. */
  startAt(bias: readonly number[]): void;
  /** Whether the bias is 0, as that of a head that hasn't learned yet. */
  isNew(): Promise<boolean>;
}

/**
 * The head of a classifier, if it is linear: at most a BatchNormalization without gamma and beta, Dropout, and one Dense
 * layer with bias and sigmoid, as `classifier` makes it. Undefined for other heads.
 */
export function linearHead({ model, headLayers }: ClassifierParts): LinearHead | undefined {
  const all = headLayers.map((name) => model.getLayer(name));
  const dense = all.at(-1);
  const before = all.slice(0, -1);
  const norms = before.filter(isBatchNorm) as BatchNormLayer[];
  const dropouts = before.filter((layer) => layer.getClassName() === 'Dropout');
  const others = before.length - norms.length - dropouts.length;
  if (!dense || !isSigmoidDense(dense) || norms.length > 1 || others > 0) return undefined;
  if (norms.some(({ gamma, beta }) => gamma || beta)) return undefined;
  const [kernel, bias] = weightsOf(dense);
  const shape = kernel.read().shape as [number, number];
  const [norm] = norms;
  return {
    norm,
    dropout: 1 - dropouts.reduce((kept, layer) => kept * (1 - rateOf(layer)), 1),
    kernel,
    bias,
    async scale() {
      if (!norm) return { mean: new Float32Array(shape[0]), scale: new Float32Array(shape[0]).fill(1) };
      const [mean, variance] = await Promise.all([
        norm.movingMean.read().data(),
        norm.movingVariance.read().data(),
      ]);
      const scale = (variance as Float32Array).map((value) => 1 / Math.sqrt(value + norm.epsilon));
      return { mean: mean as Float32Array, scale };
    },
    startAt(values) {
      tf.tidy(() => {
        kernel.write(tf.mul(kernel.read(), SMALL));
        bias.write(tf.tensor1d([...values]));
      });
    },
    isNew: async () => (await bias.read().data()).every((value) => value === 0),
    assign(coefficients) {
      const values = Float32Array.from(coefficients);
      tf.tidy(() => {
        kernel.write(tf.tensor2d(values.subarray(0, shape[0] * shape[1]), shape));
        bias.write(tf.tensor1d(values.subarray(shape[0] * shape[1])));
      });
    },
  };
}

function rateOf(dropout: Layer): number {
  return (dropout.getConfig() as { rate: number }).rate;
}

function isSigmoidDense(layer: Layer): boolean {
  if (layer.getClassName() !== 'Dense' || layer.weights.length !== 2) return false;
  return (
    (layer.getConfig() as { activation?: unknown }).activation === 'sigmoid' &&
    layer.weights[0].shape.length === 2
  );
}

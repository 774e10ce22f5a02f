import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, type Shape } from '@tensorflow/tfjs-layers';
import { OptionError } from '../errors';
import type { LayerVariable } from '../tfjs-internals/layer-weights';
import {
  countedAxes,
  type GivenStatistics,
  normalized,
  type StatisticsAxes,
  statisticsSizes,
} from './normalization-statistics';
import { tensorMaths } from './register-activations';

/** Options of {@link Normalization}, with Keras' names and defaults. */
export interface NormalizationArgs {
  readonly name?: string;
  /** The axes that have separate statistics per index; default −1. Null: one mean and one variance for all numbers. */
  readonly axis?: number | readonly number[] | null;
  /** The mean. Give it together with `variance`; without both, they are weights. */
  readonly mean?: number | readonly number[] | null;
  readonly variance?: number | readonly number[] | null;
  /** Whether the layer does the inverse; default false. */
  readonly invert?: boolean;
}

/**
 * Keras' Normalization, which tfjs-layers lacks: `(x − mean) / √variance`, by statistics that never learn. They come from
 * the options, or from weights `mean`, `variance` and `count` that a saved model brings.
 */
export class Normalization extends layers.Layer {
  static readonly className = 'Normalization';
  static readonly sameInTraining = true;
  readonly axis: StatisticsAxes;
  readonly invert: boolean;
  readonly given?: GivenStatistics;
  /** @internal */
  mean?: LayerVariable;
  /** @internal */
  variance?: LayerVariable;

  constructor(args: NormalizationArgs = {}) {
    super(args);
    this.axis = args.axis === undefined ? -1 : args.axis;
    this.invert = args.invert ?? false;
    const { mean, variance } = args;
    if ((mean ?? null) === null && (variance ?? null) === null) return;
    if ((mean ?? null) === null || (variance ?? null) === null) {
      throw new OptionError('Normalization: expected mean and variance together; received one of them.');
    }
    this.given = { mean: [mean!].flat(3) as number[], variance: [variance!].flat(3) as number[] };
  }

  override build(inputShape: Shape | Shape[]): void {
    if (!this.given) {
      const shape = inputShape as Shape;
      const sizes = countedAxes(this.axis, shape.length).map((axis) => Number(shape[axis]));
      const add = (name: string, shape: number[], dtype: 'float32' | 'int32', initial: 'zeros' | 'ones') =>
        this.addWeight(
          name,
          shape,
          dtype,
          initializers[initial](),
          undefined,
          false,
        ) as unknown as LayerVariable;
      this.mean = add('mean', sizes, 'float32', 'zeros');
      this.variance = add('variance', sizes, 'float32', 'ones');
      add('count', [], 'int32', 'zeros');
    }
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return inputShape as Shape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = tf.cast([inputs].flat()[0], 'float32');
      const sizes = statisticsSizes(x.shape, this.axis, this.given);
      const { mean, variance } = this.given
        ? { mean: tf.tensor([...this.given.mean]), variance: tf.tensor([...this.given.variance]) }
        : { mean: this.mean!.read(), variance: this.variance!.read() };
      return normalized(tensorMaths, x, tf.reshape(mean, sizes), tf.reshape(variance, sizes), this.invert);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { axis, invert, given } = this;
    return {
      ...super.getConfig(),
      axis: axis as number,
      invert,
      mean: given ? [...given.mean] : null,
      variance: given ? [...given.variance] : null,
    };
  }
}

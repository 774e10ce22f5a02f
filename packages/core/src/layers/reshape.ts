import * as tf from '@tensorflow/tfjs-core';
import { layers, type Shape } from '@tensorflow/tfjs-layers';

type LayerArgs = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

export interface ReshapeArgs extends LayerArgs {
  /** The sizes of an image's array. One may be −1 or null: it follows from the others. */
  readonly targetShape: readonly (number | null)[];
}

/**
 * Keras' Reshape. tfjs-layers' class of the name doesn't compute the size that follows from the others until it is called,
 * so that no layer with weights can follow.
 */
export class Reshape extends layers.Layer {
  static readonly className = 'Reshape';
  static readonly sameInTraining = true;
  readonly targetShape: readonly (number | null)[];

  constructor(args: ReshapeArgs) {
    super(args);
    this.targetShape = args.targetShape.map((size) => (size === null || size < 0 ? null : size));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [images, ...sizes] = inputShape as Shape;
    const product = (all: readonly (number | null)[]) =>
      all.reduce<number>((total, size) => total * (size ?? Number.NaN), 1);
    const left = product(sizes) / product(this.targetShape.filter((size) => size !== null));
    const known = Number.isInteger(left) ? left : null;
    return [images, ...this.targetShape.map((size) => size ?? known)];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [x] = [inputs].flat();
    return tf.reshape(x, [x.shape[0], ...this.targetShape.map((size) => size ?? -1)]);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), targetShape: [...this.targetShape] };
  }
}

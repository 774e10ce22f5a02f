import * as tf from '@tensorflow/tfjs-core';
import { layers, type Shape } from '@tensorflow/tfjs-layers';

interface GlobalPoolingArgs {
  readonly name?: string;
  readonly dataFormat?: 'channelsFirst' | 'channelsLast';
  /** Whether height and width stay, with size 1; Keras' `keepdims`, by its name in saved models. */
  readonly keepdims?: boolean;
}

/**
 * Keras' global pooling of maps. tfjs-layers' own classes ignore `keepdims`, so that a model which has it loads with other
 * shapes than it was saved with.
 */
abstract class GlobalPooling2D extends layers.Layer {
  static readonly sameInTraining = true;
  readonly dataFormat: 'channelsFirst' | 'channelsLast';
  readonly keepdims: boolean;

  constructor(args: GlobalPoolingArgs = {}) {
    super(args);
    this.dataFormat = args.dataFormat ?? 'channelsLast';
    this.keepdims = args.keepdims ?? false;
  }

  /** Height and width. */
  protected get axes(): number[] {
    return this.dataFormat === 'channelsFirst' ? [2, 3] : [1, 2];
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = inputShape as Shape;
    return this.keepdims
      ? shape.map((size, axis) => (this.axes.includes(axis) ? 1 : size))
      : shape.filter((_, axis) => !this.axes.includes(axis));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), dataFormat: this.dataFormat, keepdims: this.keepdims };
  }
}

/** See GlobalPooling2D. */
export class GlobalAveragePooling2D extends GlobalPooling2D {
  static readonly className = 'GlobalAveragePooling2D';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.mean([inputs].flat()[0], this.axes, this.keepdims);
  }
}

/** See GlobalPooling2D. */
export class GlobalMaxPooling2D extends GlobalPooling2D {
  static readonly className = 'GlobalMaxPooling2D';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.max([inputs].flat()[0], this.axes, this.keepdims);
  }
}

import * as tf from '@tensorflow/tfjs-core';
import { layers, type Shape } from '@tensorflow/tfjs-layers';

export interface ZeroPaddingChannelsArgs {
  readonly name?: string;
  /** The number of channels of zeros to append. */
  readonly channels: number;
}

/**
 * Widens a feature map with channels of zeros: [n, h, w, c] → [n, h, w, c + channels].
 *
 * Residual networks use it as a shortcut without weights (option A of He et al., 2016). Call `registerLayers()` before
 * tfjs-layers loads a saved model with this class.
 */
export class ZeroPaddingChannels extends layers.Layer {
  static readonly className = 'ZeroPaddingChannels';
  static readonly sameInTraining = true;
  readonly channels: number;

  constructor(args: ZeroPaddingChannelsArgs) {
    super(args);
    this.channels = args.channels;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [n, h, w, channels] = inputShape as Shape;
    return [n!, h!, w!, channels! + this.channels];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    return tf.pad(x, [
      [0, 0],
      [0, 0],
      [0, 0],
      [0, this.channels],
    ]);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), channels: this.channels };
  }
}

import * as tf from '@tensorflow/tfjs-core';
import { layers, type Shape } from '@tensorflow/tfjs-layers';

export interface ZeroPaddingChannelsArgs {
  readonly name?: string;
  /** Channels of zeros, put after those that are there. */
  readonly channels: number;
}

/**
 * Widens a feature map with channels of zeros: [n, h, w, c] → [n, h, w, c + channels].
 *
 * It is the shortcut of residual networks that widen without weights (option A of He et al., 2016). tfjs-layers finds
 * it by its name when it loads a saved model: call `registerLayers()` before that.
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
    const x = Array.isArray(inputs) ? inputs[0]! : inputs;
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

import * as tf from '@tensorflow/tfjs-core';
import { layers, type Shape } from '@tensorflow/tfjs-layers';

type LayerArgs = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

export interface ChannelAffineArgs extends LayerArgs {
  /** Whether the channels are put in reverse first. */
  readonly reverse: boolean;
  readonly scale: readonly number[];
  readonly offset: readonly number[];
}

/**
 * Images as one network takes them → as another does: channels in reverse, or not, times a number and plus a number per
 * channel.
 */
export class ChannelAffine extends layers.Layer {
  static readonly className = 'ChannelAffine';
  static readonly sameInTraining = true;
  readonly #args: ChannelAffineArgs;

  constructor(args: ChannelAffineArgs) {
    super(args);
    this.#args = args;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    return inputShape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { reverse, scale, offset } = this.#args;
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      const ordered = reverse ? tf.reverse(x, -1) : x;
      return tf.add(tf.mul(ordered, tf.tensor1d([...scale])), tf.tensor1d([...offset]));
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { reverse, scale, offset } = this.#args;
    return { ...super.getConfig(), reverse, scale: [...scale], offset: [...offset] };
  }
}

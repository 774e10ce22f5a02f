import * as tf from '@tensorflow/tfjs-core';
import { layers, type Shape } from '@tensorflow/tfjs-layers';

type LayerArgs = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

export interface CustomScaleLayerArgs extends LayerArgs {
  /** The factor of the second input. */
  readonly scale: number;
}

/**
 * The sum of Keras' InceptionResNetV2, which tfjs-layers lacks: the first of two inputs of the same sizes, plus the second one
 * times `scale` (Szegedy et al., AAAI 2017).
 */
export class CustomScaleLayer extends layers.Layer {
  static readonly className = 'CustomScaleLayer';
  static readonly sameInTraining = true;
  readonly scale: number;

  constructor(args: CustomScaleLayerArgs) {
    super(args);
    this.scale = args.scale;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return (inputShape as Shape[])[0];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [shortcut, branch] = inputs as tf.Tensor[];
    return tf.tidy(() => tf.add(shortcut, tf.mul(branch, this.scale)));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), scale: this.scale };
  }
}

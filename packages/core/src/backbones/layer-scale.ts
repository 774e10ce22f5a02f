import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, type Shape } from '@tensorflow/tfjs-layers';

type LayerArgs = ConstructorParameters<typeof layers.Layer>[0];

export interface LayerScaleArgs extends NonNullable<LayerArgs> {
  /** The initial value of gamma. Default 1e-6. */
  readonly initValues?: number;
}

/** Multiplies each channel by a trainable number, `gamma`, as ConvNeXt's blocks do (Touvron et al., ICCV 2021). */
export class LayerScale extends layers.Layer {
  static readonly className = 'LayerScale';
  static readonly sameInTraining = true;
  readonly initValues: number;
  gamma: { read(): tf.Tensor } | undefined;

  constructor(args: LayerScaleArgs = {}) {
    super(args);
    this.initValues = args.initValues ?? 1e-6;
  }

  override build(inputShape: Shape | Shape[]): void {
    const channels = (inputShape as Shape).at(-1)!;
    this.gamma = this.addWeight(
      'gamma',
      [channels],
      'float32',
      initializers.constant({ value: this.initValues }),
      undefined,
      true,
    );
    this.built = true;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    return inputShape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.mul(Array.isArray(inputs) ? inputs[0] : inputs, this.gamma!.read());
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), initValues: this.initValues };
  }
}

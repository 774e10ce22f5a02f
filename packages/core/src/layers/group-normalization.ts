import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, type Shape } from '@tensorflow/tfjs-layers';
import { OptionError } from '../errors';
import type { LayerVariable } from '../tfjs-internals/layer-weights';
import { channelAxis, groupSizes, groupsOf } from './group-sizes';
import { affine, standardized } from './normalize';
import { tensorMaths } from './register-activations';

/** Options of {@link GroupNormalization}, with Keras' names and defaults. */
export interface GroupNormalizationArgs {
  readonly name?: string;
  /** The number of groups of channels; default 32. −1 makes one group per channel. */
  readonly groups?: number;
  /** The channels' axis; default −1. */
  readonly axis?: number;
  /** Default 1e-3. */
  readonly epsilon?: number;
  /** Whether a number per channel (beta) is added; default true. */
  readonly center?: boolean;
  /** Whether there is a factor per channel (gamma); default true. */
  readonly scale?: boolean;
}

/**
 * Keras' GroupNormalization (Wu and He, 2018), which tfjs-layers lacks: each image's channels are divided into groups, and
 * each group is normalised by its own mean and variance, in training as otherwise.
 */
export class GroupNormalization extends layers.Layer {
  static readonly className = 'GroupNormalization';
  static readonly sameInTraining = true;
  readonly groups: number;
  readonly axis: number;
  readonly epsilon: number;
  readonly center: boolean;
  readonly scale: boolean;
  /** @internal */
  gamma?: LayerVariable;
  /** @internal */
  beta?: LayerVariable;

  constructor(args: GroupNormalizationArgs = {}) {
    super(args);
    this.groups = args.groups ?? 32;
    this.axis = args.axis ?? -1;
    this.epsilon = args.epsilon ?? 1e-3;
    this.center = args.center ?? true;
    this.scale = args.scale ?? true;
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = inputShape as Shape;
    const channels = Number(shape.at(channelAxis(this.axis, shape.length)));
    const groups = groupsOf(this.groups, channels);
    if (channels % groups !== 0) {
      throw new OptionError(
        `GroupNormalization: expected a number of channels that ${groups} groups divide; received ${channels}.`,
      );
    }
    const ones = initializers.ones();
    const zeros = initializers.zeros();
    if (this.scale)
      this.gamma = this.addWeight('gamma', [channels], 'float32', ones) as unknown as LayerVariable;
    if (this.center)
      this.beta = this.addWeight('beta', [channels], 'float32', zeros) as unknown as LayerVariable;
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return inputShape as Shape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = [inputs].flat()[0];
      const { apart, axes, perChannel } = groupSizes(x.shape, this);
      const normalized = standardized(tensorMaths, tf.reshape(x, apart as number[]), axes, this.epsilon);
      const broadcast = (weight: LayerVariable | undefined) =>
        weight && tf.reshape(weight.read(), perChannel);
      return affine(
        tensorMaths,
        tf.reshape(normalized, x.shape),
        broadcast(this.gamma),
        broadcast(this.beta),
      );
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { groups, axis, epsilon, center, scale } = this;
    return { ...super.getConfig(), groups, axis, epsilon, center, scale };
  }
}

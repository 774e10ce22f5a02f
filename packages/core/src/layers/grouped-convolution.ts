import * as tf from '@tensorflow/tfjs-core';
import { layers, type Shape } from '@tensorflow/tfjs-layers';
import { OptionError } from '../errors';
import type { LayerFields, LayerVariable } from '../tfjs-internals/layer-weights';

type AddWeightArgs = Parameters<layers.Layer['addWeight']>;

/** A Conv2D with its options, as tfjs-layers keeps them. */
interface Plain extends layers.Layer {
  readonly filters: number;
  readonly kernelSize: readonly [number, number];
  readonly strides: [number, number];
  readonly padding: 'same' | 'valid';
  readonly dataFormat: string;
  readonly dilationRate: [number, number];
  readonly activation: { apply(x: tf.Tensor): tf.Tensor };
  readonly useBias: boolean;
  readonly kernelInitializer: AddWeightArgs[3];
  readonly kernelRegularizer: LayerFields['kernelRegularizer'];
  readonly kernelConstraint: AddWeightArgs[6];
  readonly biasInitializer: AddWeightArgs[3];
  readonly biasRegularizer: LayerFields['biasRegularizer'];
  readonly biasConstraint: AddWeightArgs[6];
}

/** Options of {@link GroupedConv2D}: those of tfjs-layers' Conv2D, and the number of groups. */
export type GroupedConv2DArgs = Parameters<typeof layers.conv2d>[0] & { readonly groups: number };

/**
 * Keras' Conv2D with several groups of channels, as ResNeXt and RegNet have, which tfjs-layers lacks: each group of output
 * channels is computed from one group of input channels. The kernel is [height, width, in / groups, filters].
 *
 * `openModel` makes it of Keras' Conv2D. A network of your own that has it takes the weights of PyTorch's `Conv2d`, too.
 *
 * @throws {OptionError} when it is built: the groups don't divide the channels or the filters, or the channels are first
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import { input, model } from '@tensorflow/tfjs-layers';
 * import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
 * import { GroupedConv2D } from '@thawjs/core';
 *
 * const image = input({ shape: [8, 8, 16] });
 * const maps = new GroupedConv2D({ filters: 32, kernelSize: 3, groups: 4 }).apply(image);
 * const { weights } = model({ inputs: image, outputs: maps as SymbolicTensor });
 * console.log(weights[0].shape); // [ 3, 3, 4, 32 ]
 * ```
 */
export class GroupedConv2D extends layers.Layer {
  static readonly className = 'GroupedConv2D';
  static readonly sameInTraining = true;
  readonly groups: number;
  /** A Conv2D that is never called: it reads and describes the options. */
  readonly #plain: Plain;
  /** @internal */
  readonly kernelRegularizer: LayerFields['kernelRegularizer'];
  /** @internal */
  readonly biasRegularizer: LayerFields['biasRegularizer'];
  /** @internal */
  kernel?: LayerVariable;
  /** @internal */
  bias?: LayerVariable;

  constructor({ groups, ...args }: GroupedConv2DArgs) {
    super(args);
    this.groups = groups;
    this.#plain = layers.conv2d({ ...args, name: this.name }) as unknown as Plain;
    this.kernelRegularizer = this.#plain.kernelRegularizer;
    this.biasRegularizer = this.#plain.biasRegularizer;
  }

  override build(inputShape: Shape | Shape[]): void {
    const channels = Number((inputShape as Shape).at(-1));
    const { groups } = this;
    const { filters, kernelSize, dataFormat, useBias } = this.#plain;
    if (dataFormat !== 'channelsLast' || channels % groups !== 0 || filters % groups !== 0) {
      throw new OptionError(
        `GroupedConv2D: expected the channels last, and numbers of channels that ${groups} groups divide; received ` +
          `${channels} channels, ${filters} filters, ${dataFormat}.`,
      );
    }
    const add = (...args: unknown[]) =>
      this.addWeight(...(args as AddWeightArgs)) as unknown as LayerVariable;
    const shape = [...kernelSize, channels / groups, filters];
    const { kernelInitializer, kernelRegularizer, kernelConstraint } = this.#plain;
    this.kernel = add('kernel', shape, null, kernelInitializer, kernelRegularizer, true, kernelConstraint);
    const { biasInitializer, biasRegularizer, biasConstraint } = this.#plain;
    if (useBias)
      this.bias = add('bias', [filters], null, biasInitializer, biasRegularizer, true, biasConstraint);
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return this.#plain.computeOutputShape(inputShape) as Shape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { strides, padding, dilationRate, activation } = this.#plain;
    return tf.tidy(() => {
      const [x] = [inputs].flat() as [tf.Tensor4D];
      const kernel = this.kernel!.read() as tf.Tensor as tf.Tensor4D;
      const isPlain = strides[0] === strides[1] && String(dilationRate) === '1,1';
      const y =
        kernel.shape[2] === 1 && isPlain
          ? tf.depthwiseConv2d(x, depthwiseKernel(kernel, this.groups), strides, padding)
          : this.#byGroups(x, kernel);
      return activation.apply(this.bias ? tf.add(y, this.bias.read()) : y);
    });
  }

  #byGroups(x: tf.Tensor4D, kernel: tf.Tensor4D): tf.Tensor4D {
    const { strides, padding, dilationRate } = this.#plain;
    const kernels = tf.split(kernel, this.groups, 3) as tf.Tensor4D[];
    const maps = tf.split(x, this.groups, 3) as tf.Tensor4D[];
    const parts = maps.map((map, i) => tf.conv2d(map, kernels[i], strides, padding, 'NHWC', dilationRate));
    return tf.concat(parts, 3);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...this.#plain.getConfig(), ...super.getConfig(), groups: this.groups };
  }
}

/** The kernel of groups of one channel each as that of a depthwise convolution, which is faster. */
function depthwiseKernel(kernel: tf.Tensor4D, channels: number): tf.Tensor4D {
  const [height, width, , filters] = kernel.shape;
  return tf.reshape(kernel, [height, width, channels, filters / channels]);
}

import * as tf from '@tensorflow/tfjs-core';
import { layers, type Shape } from '@tensorflow/tfjs-layers';
import { OptionError } from '../errors';
import type { LayerFields, LayerVariable } from '../tfjs-internals/layer-weights';
import {
  addConvolutionWeights,
  convolvedByGroups,
  type PlainConvolution,
  type Windows,
} from './convolution-parts';

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
  readonly #plain: PlainConvolution;
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
    this.#plain = layers.conv2d({ ...args, name: this.name }) as unknown as PlainConvolution;
    this.kernelRegularizer = this.#plain.kernelRegularizer;
    this.biasRegularizer = this.#plain.biasRegularizer;
  }

  override build(inputShape: Shape | Shape[]): void {
    const { dataFormat } = this.#plain;
    if (dataFormat !== 'channelsLast') {
      throw new OptionError(`GroupedConv2D: expected the channels last; received ${dataFormat}.`);
    }
    const channels = Number((inputShape as Shape).at(-1));
    Object.assign(this, addConvolutionWeights(this, this.#plain, { channels, groups: this.groups }));
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return this.#plain.computeOutputShape(inputShape) as Shape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { strides, padding, dilationRate: dilations, activation } = this.#plain;
    return tf.tidy(() => {
      const [x] = [inputs].flat() as [tf.Tensor4D];
      const kernel = this.kernel!.read() as tf.Tensor as tf.Tensor4D;
      const y = convolvedByGroups(x, kernel, { strides, padding, dilations } as Windows);
      return activation.apply(this.bias ? tf.add(y, this.bias.read()) : y);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...this.#plain.getConfig(), ...super.getConfig(), groups: this.groups };
  }
}

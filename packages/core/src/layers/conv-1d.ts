import * as tf from '@tensorflow/tfjs-core';
import { layers, type Shape } from '@tensorflow/tfjs-layers';
import type { LayerFields, LayerVariable } from '../tfjs-internals/layer-weights';
import { addConvolutionWeights, convolvedByGroups, type PlainConvolution } from './convolution-parts';

/** Options of {@link Conv1D}: those of tfjs-layers' class, and the number of groups of channels. */
export type Conv1DArgs = Parameters<typeof layers.conv1d>[0] & { readonly groups?: number };

/**
 * Keras' Conv1D, computed as a convolution of maps of height 1. tfjs-layers' own Conv1D has no groups of channels,
 * doesn't run with causal padding, and infers too few steps for it, so that a dense layer behind it gets another size.
 */
export class Conv1D extends layers.Layer {
  static readonly className = 'Conv1D';
  static readonly sameInTraining = true;
  readonly groups: number;
  readonly kernelRegularizer: LayerFields['kernelRegularizer'];
  readonly biasRegularizer: LayerFields['biasRegularizer'];
  kernel?: LayerVariable;
  bias?: LayerVariable;
  readonly #plain: PlainConvolution;

  constructor({ groups = 1, ...args }: Conv1DArgs) {
    super(args as ConstructorParameters<typeof layers.Layer>[0]);
    this.groups = groups;
    this.#plain = layers.conv1d({ ...args, name: this.name }) as unknown as PlainConvolution;
    this.kernelRegularizer = this.#plain.kernelRegularizer;
    this.biasRegularizer = this.#plain.biasRegularizer;
  }

  get #isTransposed(): boolean {
    return this.#plain.dataFormat === 'channelsFirst';
  }

  override build(inputShape: Shape | Shape[]): void {
    const channels = Number((inputShape as Shape).at(this.#isTransposed ? 1 : -1));
    Object.assign(this, addConvolutionWeights(this, this.#plain, { channels, groups: this.groups }));
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const { filters, kernelSize, strides, padding, dilationRate } = this.#plain;
    const [images, ...sizes] = inputShape as Shape;
    const steps = sizes[this.#isTransposed ? 1 : 0];
    const unseen = padding === 'valid' ? (kernelSize[0] - 1) * dilationRate[0] : 0;
    const places = steps === null ? null : Math.ceil((steps - unseen) / strides[0]);
    return this.#isTransposed ? [images, filters, places] : [images, places, filters];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { activation } = this.#plain;
    return tf.tidy(() => {
      const [x] = [inputs].flat() as [tf.Tensor3D];
      const last = this.#isTransposed ? tf.transpose(x, [0, 2, 1]) : x;
      const summed = this.#convolved(last);
      const y = this.bias ? tf.add(summed, this.bias.read()) : summed;
      return activation.apply(this.#isTransposed ? tf.transpose(y, [0, 2, 1]) : y);
    });
  }

  #convolved(x: tf.Tensor3D): tf.Tensor {
    const { strides, padding, dilationRate } = this.#plain;
    const [[stride], [dilation]] = [strides, dilationRate];
    const kernel = this.kernel!.read();
    const isCausal = padding === 'causal';
    const before = isCausal ? (kernel.shape[0] - 1) * dilation : 0;
    const padded = before > 0 ? tf.pad(x, [[0, 0], [before, 0], [0, 0]]) : x; // biome-ignore format: sizes of one array
    const y = convolvedByGroups(tf.expandDims(padded, 1), tf.expandDims(kernel, 0), {
      strides: [stride, stride],
      padding: isCausal ? 'valid' : padding,
      dilations: [1, dilation],
    });
    return tf.squeeze(y, [1]);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...this.#plain.getConfig(), ...super.getConfig(), groups: this.groups };
  }
}

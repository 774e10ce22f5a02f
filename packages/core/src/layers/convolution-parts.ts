import * as tf from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { OptionError } from '../errors';
import type { LayerFields, LayerVariable } from '../tfjs-internals/layer-weights';

type AddWeightArgs = Parameters<layers.Layer['addWeight']>;

/**
 * A Conv1D or Conv2D of tfjs-layers with its options. A layer of our own makes one to read and describe the options, and never
 * calls it.
 */
export interface PlainConvolution extends layers.Layer {
  readonly filters: number;
  readonly kernelSize: readonly number[];
  readonly strides: readonly number[];
  readonly padding: 'same' | 'valid' | 'causal';
  readonly dataFormat: string;
  readonly dilationRate: readonly number[];
  readonly activation: { apply(x: tf.Tensor): tf.Tensor };
  readonly useBias: boolean;
  readonly kernelInitializer: AddWeightArgs[3];
  readonly kernelRegularizer: LayerFields['kernelRegularizer'];
  readonly kernelConstraint: AddWeightArgs[6];
  readonly biasInitializer: AddWeightArgs[3];
  readonly biasRegularizer: LayerFields['biasRegularizer'];
  readonly biasConstraint: AddWeightArgs[6];
}

/** The weights of a convolution with groups of channels. */
export interface ConvolutionWeights {
  readonly kernel: LayerVariable;
  readonly bias?: LayerVariable;
}

/**
 * Makes a layer's kernel [sizes, channels / groups, filters], and its bias.
 *
 * @throws {OptionError} the groups don't divide the channels or the filters
 */
export function addConvolutionWeights(
  layer: layers.Layer,
  plain: PlainConvolution,
  { channels, groups }: { readonly channels: number; readonly groups: number },
): ConvolutionWeights {
  const { filters, kernelSize, useBias } = plain;
  if (channels % groups !== 0 || filters % groups !== 0) {
    throw new OptionError(
      `${layer.getClassName()}: expected numbers of channels that ${groups} groups divide; received ${channels} channels, ` +
        `${filters} filters.`,
    );
  }
  // The declarations of tfjs-layers hide the method from other classes.
  const { addWeight } = layer as unknown as { addWeight(...args: unknown[]): LayerVariable };
  const add = addWeight.bind(layer);
  const shape = [...kernelSize, channels / groups, filters];
  const { kernelInitializer, kernelRegularizer, kernelConstraint } = plain;
  const kernel = add('kernel', shape, null, kernelInitializer, kernelRegularizer, true, kernelConstraint);
  if (!useBias) return { kernel };
  const { biasInitializer, biasRegularizer, biasConstraint } = plain;
  return {
    kernel,
    bias: add('bias', [filters], null, biasInitializer, biasRegularizer, true, biasConstraint),
  };
}

/** The strides, the padding and the dilations of a convolution, vertical before horizontal. */
export interface Windows {
  readonly strides: readonly [number, number];
  readonly padding: 'same' | 'valid';
  readonly dilations: readonly [number, number];
}

/** Convolves maps with a kernel [height, width, channels / groups, filters]: each group of filters sees one group of channels. */
export function convolvedByGroups(
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  { strides: [vertical, horizontal], padding, dilations: [high, wide] }: Windows,
): tf.Tensor4D {
  const groups = x.shape[3] / kernel.shape[2];
  const convolved = (map: tf.Tensor4D, filter: tf.Tensor4D) =>
    tf.conv2d(map, filter, [vertical, horizontal], padding, 'NHWC', [high, wide]);
  if (groups === 1) return convolved(x, kernel);
  if (kernel.shape[2] === 1 && vertical === horizontal && high === 1 && wide === 1)
    return tf.depthwiseConv2d(x, depthwiseKernel(kernel, groups), [vertical, horizontal], padding);
  const kernels = tf.split(kernel, groups, 3) as tf.Tensor4D[];
  const maps = tf.split(x, groups, 3) as tf.Tensor4D[];
  return tf.concat(
    maps.map((map, i) => convolved(map, kernels[i])),
    3,
  );
}

/** The kernel of groups of one channel each as that of a depthwise convolution, which is faster. */
function depthwiseKernel(kernel: tf.Tensor4D, channels: number): tf.Tensor4D {
  const [height, width, , filters] = kernel.shape;
  return tf.reshape(kernel, [height, width, channels, filters / channels]);
}

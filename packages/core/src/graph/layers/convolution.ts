import type { Activation } from '../operations/activation';
import { isActivation } from '../operations/activation';
import { conv2d } from '../operations/conv2d';
import { depthwiseConv2d } from '../operations/depthwise-conv2d';
import { reshape } from '../operations/reshape';
import { scaleChannels } from '../operations/scale-channels';
import type { PaddedPixels, Window } from '../operations/window';
import type { LayerWeight, PlanBuilder } from '../plan-builder';
import type { Step } from '../step';
import type { Value } from '../value';
import type { LayerPlan } from './layer-plan';

interface ConvolutionLayer {
  readonly kernel: LayerWeight;
  readonly depthwiseKernel: LayerWeight;
  readonly bias?: LayerWeight | null;
}

interface ConvolutionConfig {
  readonly strides: readonly [number, number];
  readonly padding: 'same' | 'valid';
  readonly dataFormat: string;
  readonly dilationRate: number | readonly number[];
  readonly activation: string;
  readonly useBias: boolean;
}

/** Conv2D: takes in zeros around its input, a BatchNormalization with fixed statistics, and an activation. */
export const convolution: LayerPlan = (layer, { inputs: [image] }, builder) => {
  const config = layer.getConfig() as unknown as ConvolutionConfig;
  const { kernel, bias } = layer as unknown as ConvolutionLayer;
  const activation = config.activation === 'linear' ? undefined : config.activation;
  if (!isPlain(config) || (activation && !isActivation(activation))) return undefined;
  const { x, window } = unpadded(builder, image, config);
  const made = folding(builder, builder.weight(kernel), config.useBias ? builder.weight(bias!) : undefined, {
    emit: (kernel, bias, activation) =>
      conv2d(builder.program, bias ? [x, kernel, bias] : [x, kernel], { ...window, activation }),
    scaled: (kernel, scale) => scaleChannels(builder.program, [kernel, scale], {}),
  });
  return activation ? made.activated!(activation as Activation) : made;
};

/** DepthwiseConv2D, likewise. */
export const depthwise: LayerPlan = (layer, { inputs: [image] }, builder) => {
  const config = layer.getConfig() as unknown as ConvolutionConfig;
  const { depthwiseKernel, bias } = layer as unknown as ConvolutionLayer;
  const activation = config.activation === 'linear' ? undefined : config.activation;
  // TensorFlow's kernel knows one stride for both sides.
  const square = config.strides[0] === config.strides[1];
  if (!square || !isPlain(config) || (activation && !isActivation(activation))) return undefined;
  const { x, window } = unpadded(builder, image, config);
  const kernel = builder.weight(depthwiseKernel);
  const made = folding(builder, kernel, config.useBias ? builder.weight(bias!) : undefined, {
    emit: (kernel, bias, activation) =>
      depthwiseConv2d(builder.program, bias ? [x, kernel, bias] : [x, kernel], { ...window, activation }),
    scaled(kernel, scale) {
      const [height, width, channels, multiplier] = kernel.sizes.map(Number);
      const flat = reshape(builder.program, [kernel], { sizes: [height, width, channels * multiplier] });
      const scaled = scaleChannels(builder.program, [flat, scale], {});
      return reshape(builder.program, [scaled], { sizes: kernel.sizes });
    },
  });
  return activation ? made.activated!(activation as Activation) : made;
};

interface Folding {
  emit(kernel: Value, bias: Value | undefined, activation?: Activation): Value;
  scaled(kernel: Value, scale: Value): Value;
}

/** A step with a kernel and a bias: the scale of a BatchNormalization goes into the kernel, its shift into the bias. */
function folding(
  builder: PlanBuilder,
  kernel: Value,
  bias: Value | undefined,
  { emit, scaled }: Folding,
): Step {
  return {
    emit: () => emit(kernel, bias),
    activated: (activation) => ({ emit: () => emit(kernel, bias, activation) }),
    scaledAndShifted: (scale, shiftOf) =>
      folding(builder, scaled(kernel, scale), shiftOf(bias), { emit, scaled }),
  };
}

/** What a window without padding of its own moves over: zeros around the image become its padding. */
function unpadded(
  builder: PlanBuilder,
  image: Parameters<PlanBuilder['step']>[0],
  { strides, padding }: ConvolutionConfig,
): { x: Value; window: Window } {
  const before = padding === 'valid' ? builder.step(image).unpadded : undefined;
  if (!before) return { x: builder.value(image), window: { strides, padding } };
  const pixels: PaddedPixels = before.padding;
  return { x: before.value, window: { strides, padding: pixels } };
}

function isPlain({ dataFormat, dilationRate }: ConvolutionConfig): boolean {
  return dataFormat !== 'channelsFirst' && [dilationRate].flat().every((rate) => rate === 1);
}

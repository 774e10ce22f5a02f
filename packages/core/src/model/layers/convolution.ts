import type { layers } from '@tensorflow/tfjs-layers';
import type { Value } from '../../program/ir';
import { type Activation, isActivation } from '../../program/operations/activation';
import { scaleChannels } from '../../program/operations/channels';
import { conv2d, depthwiseConv2d } from '../../program/operations/convolution';
import { reshape } from '../../program/operations/shape';
import type { PaddedPixels, Window } from '../../program/operations/window';
import type { LayerValue } from '../layer-calls';
import type { LayerWeight, ModelProgramBuilder } from '../model-program-builder';
import type { PendingValue } from '../pending-value';
import type { LayerTranslation } from './layer-translation';

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
export const convolution: LayerTranslation = (layer, { inputs: [image] }, builder) => {
  const { kernel } = layer as unknown as ConvolutionLayer;
  return planned(layer, image, builder, kernel, conv2d, (kernel, scale) =>
    scaleChannels(builder.program, [kernel, scale], {}),
  );
};

/** DepthwiseConv2D, likewise. */
export const depthwise: LayerTranslation = (layer, { inputs: [image] }, builder) => {
  const { depthwiseKernel } = layer as unknown as ConvolutionLayer;
  const { strides } = layer.getConfig() as unknown as ConvolutionConfig;
  // TensorFlow's kernel knows one stride for both sides.
  if (strides[0] !== strides[1]) return undefined;
  const { program } = builder;
  return planned(layer, image, builder, depthwiseKernel, depthwiseConv2d, (kernel, scale) => {
    const [height, width, channels, multiplier] = kernel.sizes.map(Number);
    const flat = reshape(program, [kernel], { sizes: [height, width, channels * multiplier] });
    return reshape(program, [scaleChannels(program, [flat, scale], {})], { sizes: kernel.sizes });
  });
};

function planned(
  layer: layers.Layer,
  image: LayerValue,
  builder: ModelProgramBuilder,
  kernel: LayerWeight,
  operation: typeof conv2d,
  scaled: Folding['scaled'],
): PendingValue | undefined {
  const config = layer.getConfig() as unknown as ConvolutionConfig;
  const { bias } = layer as unknown as ConvolutionLayer;
  const activation = config.activation === 'linear' ? undefined : config.activation;
  if (!isPlain(config) || (activation && !isActivation(activation))) return undefined;
  const { x, window } = unpadded(builder, image, config);
  const made = folding(builder.weight(kernel), config.useBias ? builder.weight(bias!) : undefined, {
    emit: (kernel, bias, activation) =>
      operation(builder.program, bias ? [x, kernel, bias] : [x, kernel], { ...window, activation }),
    scaled,
  });
  return activation ? made.activated!(activation as Activation) : made;
}

interface Folding {
  emit(kernel: Value, bias: Value | undefined, activation?: Activation): Value;
  scaled(kernel: Value, scale: Value): Value;
}

/** A step with a kernel and a bias: the scale of a BatchNormalization goes into the kernel, its shift into the bias. */
function folding(kernel: Value, bias: Value | undefined, { emit, scaled }: Folding): PendingValue {
  return {
    emit: () => emit(kernel, bias),
    activated: (activation) => ({ emit: () => emit(kernel, bias, activation) }),
    scaledAndShifted: (scale, shiftOf) => folding(scaled(kernel, scale), shiftOf(bias), { emit, scaled }),
  };
}

/** What a window without padding of its own moves over: zeros around the image become its padding. */
function unpadded(
  builder: ModelProgramBuilder,
  image: LayerValue,
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

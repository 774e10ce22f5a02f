import type { Program, Value } from '../../program/ir';
import { activationOf } from '../../program/operations/activation';
import { scaleChannels } from '../../program/operations/channels';
import { conv2d, depthwiseConv2d } from '../../program/operations/convolution';
import { dilated } from '../../program/operations/dilated-kernel';
import { averagePool } from '../../program/operations/pooling';
import { concatenate, reshape, split } from '../../program/operations/shape';
import { type PaddedPixels, samePadding, type Window } from '../../program/operations/window';
import { fieldsOf } from '../../tfjs-internals/layer-weights';
import type { LayerValue, TranslatedLayer } from '../layer-calls';
import type { ModelProgramBuilder } from '../model-program-builder';
import type { PendingValue } from '../pending-value';
import { activatedBy } from './activation';
import type { LayerTranslation } from './layer-translation';

interface ConvolutionConfig {
  readonly strides: readonly number[];
  readonly padding: 'same' | 'valid' | 'causal';
  readonly dataFormat?: string;
  readonly dilationRate: number | readonly number[];
  readonly activation: string;
  readonly useBias: boolean;
}

type Pair = readonly [number, number];

/** The kernel of a convolution layer, and how its operations are added to the program. */
interface ConvolutionParts {
  readonly kernel: Value;
  emit(kernel: Value, bias: Value | undefined, activation?: Activation): Value;
  /** The kernel times a factor per output channel. */
  scaled(kernel: Value, scale: Value): Value;
}

type Activation = Parameters<typeof conv2d>[2]['activation'];

/** Conv2D. It absorbs a ZeroPadding2D before it, and a BatchNormalization with fixed statistics and an activation after it. */
export const convolution: LayerTranslation = (layer, { inputs: [image] }, builder) =>
  convolutionOf(layer, builder, (config) => {
    const { program } = builder;
    const { x, window } = unpadded(builder, image, config);
    return {
      kernel: builder.weight(fieldsOf(layer).kernel!),
      emit(kernel, bias, activation) {
        const filter = dilated(program, kernel, config.dilations);
        return conv2d(program, bias ? [x, filter, bias] : [x, filter], { ...window, activation });
      },
      scaled: (kernel, scale) => scaleChannels(program, [kernel, scale], {}),
    };
  });

/**
 * GroupedConv2D: a convolution per group of channels, or one depthwise convolution if each group is one channel. It absorbs
 * the same layers as Conv2D.
 */
export const groupedConvolution: LayerTranslation = (layer, { inputs: [image] }, builder) =>
  convolutionOf(layer, builder, (config) => {
    const { program } = builder;
    const { x, window } = unpadded(builder, image, config);
    return {
      kernel: builder.weight(fieldsOf(layer).kernel!),
      emit(kernel, bias, activation) {
        const filter = dilated(program, kernel, config.dilations);
        return convolvedByGroups(program, [x, filter, bias], window, activation);
      },
      scaled: (kernel, scale) => scaleChannels(program, [kernel, scale], {}),
    };
  });

/** Conv1D, with groups or without, as a convolution of maps of height 1. */
export const convolution1d: LayerTranslation = (layer, { inputs: [sequence] }, builder) =>
  convolutionOf(layer, builder, (config) => {
    const { program } = builder;
    const x = builder.value(sequence);
    const [, steps, channels] = x.sizes.map(Number);
    const [stride] = config.strides;
    return {
      kernel: builder.weight(fieldsOf(layer).kernel!),
      emit(kernel, bias, activation) {
        const [places, inGroup, filters] = kernel.sizes.map(Number);
        const before = (places - 1) * config.dilations[0];
        const padding = config.isCausal ? ([0, 0, before, 0] as const) : config.padding;
        const window = { strides: [stride, stride], padding } as const;
        const flat = reshape(program, [kernel], { sizes: [1, places, inGroup, filters] });
        const filter = dilated(program, flat, [1, config.dilations[0]]);
        const map = reshape(program, [x], { sizes: [null, 1, steps, channels] });
        const y = convolvedByGroups(program, [map, filter, bias], window, activation);
        return reshape(program, [y], { sizes: [null, Number(y.sizes[2]), filters] });
      },
      scaled: (kernel, scale) => scaleChannels(program, [kernel, scale], {}),
    };
  });

/** DepthwiseConv2D. It absorbs the same layers as Conv2D. */
export const depthwise: LayerTranslation = (layer, { inputs: [image] }, builder) =>
  convolutionOf(layer, builder, (config) => {
    // tfjs-layers' own call ignores the dilation. Running that call keeps this behaviour.
    if (isDilated(config)) return undefined;
    const { program } = builder;
    const { x, window } = unpadded(builder, image, config);
    return {
      kernel: builder.weight(fieldsOf(layer).depthwiseKernel!),
      emit: (kernel, bias, activation) => depthwiseOf(program, [x, kernel, bias], window, activation),
      scaled: (kernel, scale) => scaledDepthwise(program, kernel, scale),
    };
  });

/** SeparableConv2D: a depthwise convolution, then a 1×1 convolution, which absorbs the layers that follow. */
export const separable: LayerTranslation = (layer, { inputs: [image] }, builder) =>
  convolutionOf(layer, builder, (config) => {
    const { program } = builder;
    const { x, window } = unpadded(builder, image, config);
    const { depthwiseKernel, pointwiseKernel } = fieldsOf(layer);
    const depthwiseFilter = builder.weight(depthwiseKernel!);
    return {
      kernel: builder.weight(pointwiseKernel!),
      emit(kernel, bias, activation) {
        const filter = dilated(program, depthwiseFilter, config.dilations);
        const channels = depthwiseOf(program, [x, filter, undefined], window, undefined);
        const pixels = { strides: [1, 1], padding: 'valid', activation } as const;
        return conv2d(program, bias ? [channels, kernel, bias] : [channels, kernel], pixels);
      },
      scaled: (kernel, scale) => scaleChannels(program, [kernel, scale], {}),
    };
  });

interface CheckedConfig {
  readonly strides: Pair;
  readonly padding: 'same' | 'valid';
  /** Whether a window of Conv1D sees no step after its own. `padding` is then `'valid'`. */
  readonly isCausal: boolean;
  readonly dilations: Pair;
}

function convolutionOf(
  layer: TranslatedLayer,
  builder: ModelProgramBuilder,
  partsOf: (config: CheckedConfig) => ConvolutionParts | undefined,
): PendingValue | undefined {
  const config = layer.getConfig() as unknown as ConvolutionConfig;
  const { strides, padding, dilationRate, dataFormat } = config;
  if (dataFormat === 'channelsFirst') return undefined;
  const dilations = [dilationRate].flat();
  const isCausal = padding === 'causal';
  const parts = partsOf({
    strides: pair(strides),
    padding: isCausal ? 'valid' : padding,
    isCausal,
    dilations: pair(dilations),
  });
  if (!parts) return undefined;
  const { bias } = fieldsOf(layer);
  const made = folding(parts.kernel, config.useBias ? builder.weight(bias!) : undefined, parts);
  return activatedBy(config.activation, made, builder);
}

function pair([first, second = first]: readonly number[]): Pair {
  return [first, second];
}

/** The pending value of a convolution. The scale of a BatchNormalization goes into the kernel, the shift into the bias. */
function folding(kernel: Value, bias: Value | undefined, parts: ConvolutionParts): PendingValue {
  const { emit, scaled } = parts;
  return {
    emit: () => emit(kernel, bias),
    activated: (activation) => ({ emit: () => emit(kernel, bias, activation) }),
    scaledAndShifted: (scale, shiftOf) => folding(scaled(kernel, scale), shiftOf(bias), parts),
  };
}

/** The input and window of a convolution. Zeros from a padding layer become explicit padding of an unpadded window. */
function unpadded(
  builder: ModelProgramBuilder,
  image: LayerValue<TranslatedLayer>,
  { strides, padding }: CheckedConfig,
): { x: Value; window: Window } {
  const before = padding === 'valid' ? builder.pending(image).unpadded : undefined;
  if (!before) return { x: builder.value(image), window: { strides, padding } };
  const pixels: PaddedPixels = before.padding;
  return { x: before.value, window: { strides, padding: pixels } };
}

/** A convolution per group of channels, or one depthwise convolution if each group is one channel. */
function convolvedByGroups(
  program: Program,
  [x, filter, bias]: readonly [Value, Value, Value | undefined],
  window: Window,
  activation: Activation,
): Value {
  const [height, width, channels, filters] = filter.sizes.map(Number);
  const groups = Number(x.sizes.at(-1)) / channels;
  if (groups === 1) return conv2d(program, bias ? [x, filter, bias] : [x, filter], { ...window, activation });
  if (channels === 1) {
    const alone = reshape(program, [filter], { sizes: [height, width, groups, filters / groups] });
    return depthwiseOf(program, [x, alone, bias], window, activation);
  }
  const kernels = split(program, filter, groups);
  const biases = bias && split(program, bias, groups);
  // A softmax is over the channels of all groups.
  const inside = activation === 'softmax' ? undefined : activation;
  const parts = split(program, x, groups).map((part, i) =>
    conv2d(program, biases ? [part, kernels[i], biases[i]] : [part, kernels[i]], {
      ...window,
      activation: inside,
    }),
  );
  const y = concatenate(program, parts, { axis: 3 });
  return activation === inside ? y : activationOf(program, [y], { activation: 'softmax' });
}

/** The kernel of a depthwise convolution times a factor per output channel. */
function scaledDepthwise(program: Program, kernel: Value, scale: Value): Value {
  const [height, width, channels, multiplier] = kernel.sizes.map(Number);
  const flat = reshape(program, [kernel], { sizes: [height, width, channels * multiplier] });
  return reshape(program, [scaleChannels(program, [flat, scale], {})], { sizes: kernel.sizes });
}

/** A depthwise convolution of any strides. TensorFlow's kernel needs equal strides for height and width. */
function depthwiseOf(
  program: Program,
  [x, kernel, bias]: readonly [Value, Value, Value | undefined],
  window: Window,
  activation: Activation,
): Value {
  const inputs = bias ? [x, kernel, bias] : [x, kernel];
  const { strides, padding } = window;
  if (strides[0] === strides[1]) return depthwiseConv2d(program, inputs, { ...window, activation });
  const [height, width] = kernel.sizes.map(Number);
  const pixels = padding === 'same' ? samePadding(x.sizes, [height, width], strides) : padding;
  const every = depthwiseConv2d(program, inputs, { strides: [1, 1], padding: pixels, activation });
  return averagePool(program, [every], { size: [1, 1], strides, padding: 'valid' });
}

function isDilated({ dilations }: CheckedConfig): boolean {
  return dilations.some((rate) => rate !== 1);
}

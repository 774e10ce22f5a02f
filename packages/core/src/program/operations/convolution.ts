import * as tf from '@tensorflow/tfjs-core';
import { innerSizes, type OperationKind, operation, type Sizes, withBatch } from '../ir';
import { FLOAT, type NodeWriter } from '../node-writer';
import { type Activation, activate, beforeActivation, writeActivation } from './activation';
import { computedIn } from './cast';
import { biasGradient } from './channels';
import { isPointwiseProduct, writePointwiseProduct } from './pointwise-convolution';
import { runKernel } from './run-kernel';
import { writePad } from './shape';
import { kernelWindow, outputSizes, type Window, windowAttributes, zerosOf } from './window';

interface ConvolutionInputs {
  readonly x: tf.Tensor;
  readonly filter: tf.Tensor;
  readonly bias?: tf.Tensor;
}

/** The activations that every backend's fused convolution kernels can apply. */
const FUSED: readonly (Activation | undefined)[] = [undefined, 'relu', 'relu6', 'sigmoid'];

/** A convolution by TensorFlow.js' kernels. The fused kernel adds the bias and applies the activation if it knows it. */
function runConvolution(
  plain: string,
  fused: string,
  { x, filter, bias }: ConvolutionInputs,
  window: Window,
  activation: Activation | undefined,
): tf.Tensor {
  const attributes = kernelWindow(window);
  if (!bias && !activation) return runKernel(plain, { x, filter }, attributes);
  const inside = FUSED.includes(activation) ? activation : undefined;
  const inputs = { x, filter, ...(bias ? { bias } : {}) };
  return tf.tidy(() => {
    const y = runKernel(fused, inputs, { ...attributes, activation: inside ?? 'linear' });
    return activate(y, inside ? undefined : activation);
  });
}

interface InputGradientAttributes extends Window {
  /** Height, width and channels. */
  readonly inputSizes: readonly number[];
}

interface FilterGradientAttributes extends Window {
  readonly filterSizes: readonly number[];
}

/** The names of a convolution's backend kernels. TensorFlow and TensorFlow.js use the same names. */
interface ConvolutionKernels {
  readonly plain: string;
  /** TensorFlow.js' kernel with bias and activation. */
  readonly fused: string;
  readonly inputGradient: string;
  readonly filterGradient: string;
  /**
   * Whether explicit padding is written as a Pad node of its own. TensorFlow 2.21 drops the explicit padding of a depthwise
   * convolution when it fuses it with the bias for oneDNN, and the process then crashes
   * (`CopyDepthwiseConv2dNativeAttributes` in grappler's remapper).
   */
  readonly padsApart?: boolean;
  /** Whether a 1×1 kernel mixes all channels, so that its gradient is a matrix product. */
  readonly multiplies?: boolean;
  /** Whether TensorFlow's bfloat16 kernel for a gradient is so slow that float32 with casts around it is faster. */
  readonly filterIsSlow?: (filterSizes: readonly number[]) => boolean;
  readonly inputIsSlow?: (window: Window) => boolean;
  /** The number of output channels of a kernel with the given sizes. */
  channels(filter: Sizes): number;
}

/**
 * Makes a convolution operation. Inputs: x [n, h, w, in], kernel, and optionally a bias [out]. An activation may be
 * applied to the result. Gradients of all inputs are defined.
 */
function convolution(kernels: ConvolutionKernels) {
  const {
    plain,
    fused,
    inputGradient,
    filterGradient,
    padsApart = false,
    multiplies = false,
    filterIsSlow,
    inputIsSlow,
    channels,
  } = kernels;
  const inputKind: OperationKind<InputGradientAttributes> = {
    name: inputGradient,
    sizes: ([dy], { inputSizes }) => [[dy.sizes[0], ...inputSizes]],
    run([dy, filter], { inputSizes, ...window }) {
      const inputShape = withBatch([null, ...inputSizes], dy.shape[0]);
      return [runKernel(inputGradient, { dy, filter }, { ...kernelWindow(window), inputShape })];
    },
    write: (writer, [dy, filter], { inputSizes, ...window }) => [
      writer.node(inputGradient, [writer.sizes([null, ...inputSizes]), filter, dy], windowAttributes(window)),
    ],
  };
  const filterKind: OperationKind<FilterGradientAttributes> = {
    name: filterGradient,
    sizes: (_, { filterSizes }) => [filterSizes],
    run([x, dy], { filterSizes, ...window }) {
      const attributes = { ...kernelWindow(window), filterShape: [...filterSizes] };
      return [runKernel(filterGradient, { x, dy }, attributes)];
    },
    write(writer, [x, dy], { filterSizes, ...window }, { inputs }) {
      if (multiplies && isPointwiseProduct(inputs[0], filterSizes, window)) {
        return [writePointwiseProduct(writer, [x, dy], filterSizes)];
      }
      return [writer.node(filterGradient, [x, writer.sizes(filterSizes), dy], windowAttributes(window))];
    },
  };
  const ofInput = operation(inputKind);
  const ofFilter = operation(filterKind);

  const convolutionKind: OperationKind<Window & { readonly activation?: Activation }> = {
    name: plain,
    sizes([x, { sizes: filter }], window) {
      const size = [Number(filter[0]), Number(filter[1])] as const;
      return [[x.sizes[0], ...outputSizes(x.sizes, size, window), channels(filter)]];
    },
    bfloat16: { as: 'product' },
    run: ([x, filter, bias], { activation, ...window }) => [
      runConvolution(plain, fused, { x, filter, bias }, window, activation),
    ],
    write(writer, [x, filter, bias], { activation, ...window }) {
      const [read, moved] = padsApart ? padded(writer, x, window) : [x, window];
      const y = writer.node(plain, [read, filter], windowAttributes(moved));
      return [writeActivation(writer, bias ? writer.node('BiasAdd', [y, bias], FLOAT) : y, activation)];
    },
    gradient(program, { inputs: [x, filter], outputs, attributes: { activation, ...window } }, [dy], wanted) {
      const gradient = beforeActivation(program, dy!, outputs[0], activation);
      const filterSizes = filter.sizes.map(Number);
      const type = (isSlow = false) => (isSlow ? 'float32' : x.type);
      const forFilter = wanted[1]
        ? computedIn(program, type(filterIsSlow?.(filterSizes)), [x, gradient], (inputs) =>
            ofFilter(program, inputs, { ...window, filterSizes }),
          )
        : undefined;
      // The kernel's gradient comes first, after which the input can be freed. By itself TensorFlow would delay it.
      const forInput = wanted[0]
        ? computedIn(program, type(inputIsSlow?.(window)), [gradient, filter], (inputs) =>
            ofInput(program, inputs, { ...window, inputSizes: innerSizes(x) }, forFilter),
          )
        : undefined;
      return [forInput, forFilter, wanted[2] ? biasGradient(program, [gradient], {}) : undefined];
    },
  };
  return operation(convolutionKind);
}

/** The input with the window's explicit padding added, and the window without padding. */
function padded<T>(writer: NodeWriter<T>, x: T, window: Window): readonly [T, Window] {
  const { strides, padding } = window;
  if (typeof padding === 'string') return [x, window];
  return [writePad(writer, x, zerosOf(padding)), { strides, padding: 'valid' }];
}

/** A convolution with a kernel [kh, kw, in, out]. */
export const conv2d = convolution({
  plain: 'Conv2D',
  fused: 'FusedConv2D',
  inputGradient: 'Conv2DBackpropInput',
  filterGradient: 'Conv2DBackpropFilter',
  multiplies: true,
  channels: ([, , , out]) => Number(out),
});

/** A convolution of each channel by its own part of a kernel [kh, kw, in, m]. The result has in · m channels. */
export const depthwiseConv2d = convolution({
  plain: 'DepthwiseConv2dNative',
  fused: 'FusedDepthwiseConv2D',
  inputGradient: 'DepthwiseConv2dNativeBackpropInput',
  filterGradient: 'DepthwiseConv2dNativeBackpropFilter',
  padsApart: true,
  // In bfloat16 on an EPYC with avx512_bf16 (TensorFlow 2.21), the input's gradient with strides above 1 takes 10 to 30
  // times as long as in float32, and the kernel's gradient with more than 9 places 1.6 to 2.5 times.
  inputIsSlow: ({ strides }) => strides.some((stride) => stride > 1),
  filterIsSlow: ([height, width]) => height * width > 9,
  channels: ([, , channels, multiplier]) => Number(channels) * Number(multiplier),
});

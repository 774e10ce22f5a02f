import { type OperationKind, operation } from '../operation';
import { withBatch } from '../value';
import { runKernel } from './run-kernel';
import { kernelWindow, type Window, windowAttributes } from './window';

interface InputGradientAttributes extends Window {
  /** Height, width and channels. */
  readonly inputSizes: readonly number[];
}

const ofInput: OperationKind<InputGradientAttributes> = {
  name: 'DepthwiseConv2DInputGradient',
  sizes: ([dy], { inputSizes }) => [[dy.sizes[0], ...inputSizes]],
  run([dy, filter], { inputSizes, ...window }) {
    const inputShape = withBatch([null, ...inputSizes], dy.shape[0]);
    const attributes = { ...kernelWindow(window), inputShape };
    return [runKernel('DepthwiseConv2dNativeBackpropInput', { dy, filter }, attributes)];
  },
  write: (writer, [dy, filter], { inputSizes, ...window }) => [
    writer.node(
      'DepthwiseConv2dNativeBackpropInput',
      [writer.sizes([null, ...inputSizes]), filter, dy],
      windowAttributes(window),
    ),
  ],
};

/** A depthwise convolution's gradient of its input, from that of its result and the kernel. */
export const depthwiseInputGradient = operation(ofInput);

interface FilterGradientAttributes extends Window {
  readonly filterSizes: readonly number[];
}

const ofFilter: OperationKind<FilterGradientAttributes> = {
  name: 'DepthwiseConv2DFilterGradient',
  sizes: (_, { filterSizes }) => [filterSizes],
  run([x, dy], { filterSizes, ...window }) {
    const attributes = { ...kernelWindow(window), filterShape: [...filterSizes] };
    return [runKernel('DepthwiseConv2dNativeBackpropFilter', { x, dy }, attributes)];
  },
  write: (writer, [x, dy], { filterSizes, ...window }) => [
    writer.node(
      'DepthwiseConv2dNativeBackpropFilter',
      [x, writer.sizes(filterSizes), dy],
      windowAttributes(window),
    ),
  ],
};

/** A depthwise convolution's gradient of its kernel, from its input and the gradient of its result. */
export const depthwiseFilterGradient = operation(ofFilter);

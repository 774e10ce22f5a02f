import { type OperationKind, operation } from '../operation';
import { withBatch } from '../value';
import { runKernel } from './run-kernel';
import { kernelWindow, type Window, windowAttributes } from './window';

interface InputGradientAttributes extends Window {
  /** Height, width and channels. */
  readonly inputSizes: readonly number[];
}

const ofInput: OperationKind<InputGradientAttributes> = {
  name: 'Conv2DInputGradient',
  sizes: ([dy], { inputSizes }) => [[dy.sizes[0], ...inputSizes]],
  run([dy, filter], { inputSizes, ...window }) {
    const inputShape = withBatch([null, ...inputSizes], dy.shape[0]);
    return [runKernel('Conv2DBackpropInput', { dy, filter }, { ...kernelWindow(window), inputShape })];
  },
  write: (writer, [dy, filter], { inputSizes, ...window }) => [
    writer.node(
      'Conv2DBackpropInput',
      [writer.sizes([null, ...inputSizes]), filter, dy],
      windowAttributes(window),
    ),
  ],
};

/** A convolution's gradient of its input, from that of its result and the kernel. */
export const conv2dInputGradient = operation(ofInput);

interface FilterGradientAttributes extends Window {
  readonly filterSizes: readonly number[];
}

const ofFilter: OperationKind<FilterGradientAttributes> = {
  name: 'Conv2DFilterGradient',
  sizes: (_, { filterSizes }) => [filterSizes],
  run: ([x, dy], { filterSizes, ...window }) => [
    runKernel('Conv2DBackpropFilter', { x, dy }, { ...kernelWindow(window), filterShape: [...filterSizes] }),
  ],
  write: (writer, [x, dy], { filterSizes, ...window }) => [
    writer.node('Conv2DBackpropFilter', [x, writer.sizes(filterSizes), dy], windowAttributes(window)),
  ],
};

/** A convolution's gradient of its kernel, from its input and the gradient of its result. */
export const conv2dFilterGradient = operation(ofFilter);

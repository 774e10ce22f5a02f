import { FLOAT } from '../node-writer';
import { type OperationKind, operation } from '../operation';
import { innerSizes } from '../value';
import { type Activation, beforeActivation, writeActivation } from './activation';
import { biasGradient } from './bias-gradient';
import { conv2dFilterGradient, conv2dInputGradient } from './conv2d-gradients';
import { runConvolution } from './run-convolution';
import { outputSizes, type Window, windowAttributes } from './window';

interface Conv2DAttributes extends Window {
  readonly activation?: Activation;
}

/** A convolution of [n, h, w, in] with a kernel [kh, kw, in, out], a bias [out] where there is one, an activation. */
const kind: OperationKind<Conv2DAttributes> = {
  name: 'Conv2D',
  sizes([x, kernel], window) {
    const [height, width, , out] = kernel.sizes.map(Number);
    return [[x.sizes[0], ...outputSizes(x.sizes, [height, width], window), out]];
  },
  run([x, filter, bias], { activation, ...window }) {
    return [runConvolution('Conv2D', 'FusedConv2D', { x, filter, bias }, window, activation)];
  },
  write(writer, [x, kernel, bias], { activation, ...window }) {
    const y = writer.node('Conv2D', [x, kernel], windowAttributes(window));
    return [writeActivation(writer, bias ? writer.node('BiasAdd', [y, bias], FLOAT) : y, activation)];
  },
  gradient(program, { inputs: [x, kernel], outputs, attributes: { activation, ...window } }, [dy], wanted) {
    const gradient = beforeActivation(program, dy!, outputs[0], activation);
    const ofFilter = wanted[1]
      ? conv2dFilterGradient(program, [x, gradient], { ...window, filterSizes: kernel.sizes.map(Number) })
      : undefined;
    // The kernel's first: the input can go then, and TensorFlow, left to itself, would let kernels' gradients wait.
    const ofInput = wanted[0]
      ? conv2dInputGradient(program, [gradient, kernel], { ...window, inputSizes: innerSizes(x) }, ofFilter)
      : undefined;
    return [ofInput, ofFilter, wanted[2] ? biasGradient(program, [gradient], {}) : undefined];
  },
};

export const conv2d = operation(kind);

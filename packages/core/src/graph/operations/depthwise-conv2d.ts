import { FLOAT } from '../node-writer';
import { type OperationKind, operation } from '../operation';
import { innerSizes } from '../value';
import { type Activation, beforeActivation, writeActivation } from './activation';
import { biasGradient } from './bias-gradient';
import { depthwiseFilterGradient, depthwiseInputGradient } from './depthwise-conv2d-gradients';
import { runConvolution } from './run-convolution';
import { outputSizes, type Window, windowAttributes } from './window';

interface DepthwiseAttributes extends Window {
  readonly activation?: Activation;
}

/** A convolution of each channel of [n, h, w, in] by its own part of a kernel [kh, kw, in, m]: [n, h', w', in·m]. */
const kind: OperationKind<DepthwiseAttributes> = {
  name: 'DepthwiseConv2D',
  sizes([x, kernel], window) {
    const [height, width, channels, multiplier] = kernel.sizes.map(Number);
    return [[x.sizes[0], ...outputSizes(x.sizes, [height, width], window), channels * multiplier]];
  },
  run([x, filter, bias], { activation, ...window }) {
    return [
      runConvolution(
        'DepthwiseConv2dNative',
        'FusedDepthwiseConv2D',
        { x, filter, bias },
        window,
        activation,
      ),
    ];
  },
  write(writer, [x, kernel, bias], { activation, ...window }) {
    const y = writer.node('DepthwiseConv2dNative', [x, kernel], windowAttributes(window));
    return [writeActivation(writer, bias ? writer.node('BiasAdd', [y, bias], FLOAT) : y, activation)];
  },
  gradient(program, { inputs: [x, kernel], outputs, attributes: { activation, ...window } }, [dy], wanted) {
    const gradient = beforeActivation(program, dy!, outputs[0], activation);
    const ofFilter = wanted[1]
      ? depthwiseFilterGradient(program, [x, gradient], { ...window, filterSizes: kernel.sizes.map(Number) })
      : undefined;
    // The kernel's first: the input can go then, and TensorFlow, left to itself, would let kernels' gradients wait.
    const ofInput = wanted[0]
      ? depthwiseInputGradient(
          program,
          [gradient, kernel],
          { ...window, inputSizes: innerSizes(x) },
          ofFilter,
        )
      : undefined;
    return [ofInput, ofFilter, wanted[2] ? biasGradient(program, [gradient], {}) : undefined];
  },
};

export const depthwiseConv2d = operation(kind);

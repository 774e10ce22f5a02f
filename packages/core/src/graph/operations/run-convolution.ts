import * as tf from '@tensorflow/tfjs-core';
import { type Activation, activate } from './activation';
import { runKernel } from './run-kernel';
import { kernelWindow, type Window } from './window';

interface ConvolutionInputs {
  readonly x: tf.Tensor;
  readonly filter: tf.Tensor;
  readonly bias?: tf.Tensor;
}

/** The activations that the fused kernels of every backend know. */
const FUSED: readonly (Activation | undefined)[] = [undefined, 'relu', 'relu6', 'sigmoid'];

/** A convolution by TensorFlow.js' kernels, with bias and activation in the same pass where they can be. */
export function runConvolution(
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

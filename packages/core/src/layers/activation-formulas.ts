import type { Maths } from '../program/maths';

/** A function of each number of an array, for values of a program and for tensors alike. */
export type Formula = <T>(maths: Maths<T>, x: T) => T;

/** `x` above 0, `slope · x` below. */
export function leakyRelu<T>(maths: Maths<T>, x: T, slope: T | number): T {
  return maths.add(maths.relu(x), maths.mul(maths.minimum(x, 0), slope));
}

/** `x` above 0, `alpha · (eˣ − 1)` below. */
export function elu<T>(maths: Maths<T>, x: T, alpha: number): T {
  // Without the clip, the exponential of large positive numbers, and so the gradient, would overflow.
  return maths.add(maths.relu(x), maths.mul(maths.expm1(maths.minimum(x, 0)), alpha));
}

/** Klambauer et al., 2017. */
export const SELU_ALPHA = 1.6732632423543772;
export const SELU_SCALE = 1.0507009873554805;

/** `x` from `low` to `high`, else the nearer of the two. */
function between<T>(maths: Maths<T>, x: T, low: number, high: number): T {
  return maths.minimum(maths.maximum(x, low), high);
}

/** `relu6(x + 3) / 6`. */
const hardSigmoid6: Formula = (maths, x) => maths.div(between(maths, maths.add(x, 3), 0, 6), 6);

const swish: Formula = (maths, x) => maths.mul(x, maths.sigmoid(x));

const hardSwish: Formula = (maths, x) => maths.mul(x, hardSigmoid6(maths, x));

/** Hendrycks and Gimpel, 2016, by the approximation with a tanh. */
const geluTanh: Formula = (maths, x) => {
  const cubed = maths.mul(maths.square(x), x);
  const inner = maths.mul(maths.add(x, maths.mul(cubed, 0.044715)), Math.sqrt(2 / Math.PI));
  return maths.mul(maths.mul(x, 0.5), maths.add(maths.tanh(inner), 1));
};

/** The activations of tfjs-layers that need several kernels, by tfjs-layers' names. */
export const tfjsActivations: Readonly<Record<string, Formula>> = {
  elu: (maths, x) => elu(maths, x, 1),
  selu: (maths, x) => maths.mul(elu(maths, x, SELU_ALPHA), SELU_SCALE),
  softplus: (maths, x) => maths.softplus(x),
  softsign: (maths, x) => maths.div(x, maths.add(maths.abs(x), 1)),
  hardSigmoid: (maths, x) => between(maths, maths.add(maths.mul(x, 0.2), 0.5), 0, 1),
  swish,
  mish: (maths, x) => maths.mul(x, maths.tanh(maths.softplus(x))),
  gelu: (maths, x) => maths.mul(maths.mul(x, 0.5), maths.add(maths.erf(maths.mul(x, Math.SQRT1_2)), 1)),
  gelu_new: geluTanh,
};

/**
 * Activations that tfjs-layers lacks, by Keras' names in camel case. `hardSigmoid6` is Keras 3's `hard_sigmoid`, whose slope
 * differs from that of Keras 2 and tfjs-layers. tfjs-layers turns its own `gelu_new` into `geluNew` when it reads a model.
 */
export const thawActivations: Readonly<Record<string, Formula>> = {
  silu: swish,
  hardSwish,
  hardSilu: hardSwish,
  hardSigmoid6,
  leakyRelu: (maths, x) => leakyRelu(maths, x, 0.2),
  exponential: (maths, x) => maths.exp(x),
  geluNew: geluTanh,
};

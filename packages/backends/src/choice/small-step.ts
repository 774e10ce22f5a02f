import {
  add,
  avgPool,
  cast,
  conv2d,
  depthwiseConv2d,
  div,
  engine,
  expandDims,
  greater,
  matMul,
  maxPool,
  mean,
  mul,
  type NamedAttrMap,
  relu,
  sigmoid,
  softplus,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tensor,
  tidy,
} from '@tensorflow/tfjs-core';

/** The size of a small training step: images, their side in pixels, and the channels of the first map. */
export interface StepSize {
  readonly images: number;
  readonly side: number;
  readonly channels: number;
}

const LABELS = 4;
const POOLING = { filterSize: [3, 3], strides: [2, 2], pad: 'same' };

/**
 * Computes a training step of a small network on the backend in use: convolutions of three kinds, an affine normalisation,
 * both poolings, a dense layer, binary crossentropy, and the gradients of all weights, by the kernels that training runs.
 *
 * @returns the loss, then the gradient of each weight.
 */
export async function smallStep(size: StepSize): Promise<Float32Array[]> {
  const results = tidy(() => lossAndGradients(size));
  try {
    return (await Promise.all(results.map((one) => one.data()))) as Float32Array[];
  } finally {
    for (const one of results) one.dispose();
  }
}

function lossAndGradients({ images, side, channels }: StepSize): Tensor[] {
  const x = waves([images, side, side, 3], 0) as Tensor4D;
  const targets = Float32Array.from({ length: images * LABELS }, (_, i) => Number(i % 3 === 0));
  const y = tensor(targets, [images, LABELS]);
  const stem = waves([3, 3, 3, channels], 1) as Tensor4D;
  const scale = waves([channels], 2);
  const depthwise = waves([3, 3, channels, 1], 3) as Tensor4D;
  const pointwise = waves([1, 1, channels, 2 * channels], 4) as Tensor4D;
  const dense = waves([2 * channels, LABELS], 5) as Tensor2D;

  const stemmed = conv2d(x, stem, 2, 'same');
  const first = relu(add(mul(stemmed, scale), 0.1)) as Tensor4D;
  const second = relu(depthwiseConv2d(first, depthwise, 1, 'same')) as Tensor4D;
  const highest = maxPool(second, 3, 2, 'same');
  const pooled = add(highest, avgPool(second, 3, 2, 'same')) as Tensor4D;
  const third = relu(conv2d(pooled, pointwise, 1, 'same')) as Tensor4D;
  const features = mean(third, [1, 2]) as Tensor2D;
  const logits = matMul(features, dense);
  const loss = mean(sub(softplus(logits), mul(y, logits)));

  const toLogits = div(sub(sigmoid(logits), y), images * LABELS) as Tensor2D;
  const toDense = matMul(features, toLogits, true);
  const toFeatures = matMul(toLogits, dense, false, true);
  const [, height, width] = third.shape;
  const spread = div(expandDims(expandDims(toFeatures, 1), 1), height * width);
  const toThird = through(third, spread);
  const toPointwise = gradient(
    'Conv2DBackpropFilter',
    { x: pooled, dy: toThird },
    { filterShape: pointwise.shape },
  );
  const toPooled = gradient(
    'Conv2DBackpropInput',
    { dy: toThird, filter: pointwise },
    { inputShape: pooled.shape },
  );
  const toSecond = add(
    kernel('MaxPoolGrad', { dy: toPooled, input: second, output: highest }, POOLING),
    kernel('AvgPoolGrad', { dy: toPooled, input: second }, POOLING),
  );
  const dy = through(second, toSecond);
  const toDepthwise = gradient(
    'DepthwiseConv2dNativeBackpropFilter',
    { x: first, dy },
    { filterShape: depthwise.shape },
  );
  const toFirst = through(
    first,
    gradient('DepthwiseConv2dNativeBackpropInput', { dy, filter: depthwise }, { inputShape: first.shape }),
  );
  const toScale = sum(mul(toFirst, stemmed), [0, 1, 2]);
  const toStem = gradient(
    'Conv2DBackpropFilter',
    { x, dy: mul(toFirst, scale) },
    { filterShape: stem.shape, strides: [2, 2] },
  );
  return [loss, toStem, toScale, toDepthwise, toPointwise, toDense];
}

/** The gradient through a relu that gave `output`. */
function through(output: Tensor, gradient: Tensor): Tensor {
  return mul(gradient, cast(greater(output, 0), 'float32'));
}

function gradient(name: string, inputs: Record<string, Tensor>, attributes: object): Tensor {
  const window = { strides: [1, 1], pad: 'same', dataFormat: 'NHWC', dilations: [1, 1] };
  return kernel(name, inputs, { ...window, ...attributes });
}

function kernel(name: string, inputs: Record<string, Tensor>, attributes: object): Tensor {
  return engine().runKernel(name, inputs, attributes as NamedAttrMap) as Tensor;
}

/** Numbers from -1 to 1 that are the same on every machine. */
function waves(shape: number[], phase: number): Tensor {
  const length = shape.reduce((product, one) => product * one, 1);
  // Thousandths that a multiplication mixes: `Math.sin` differs between browsers.
  return tensor(
    Float32Array.from({ length }, (_, i) => ((i * 7919 + phase * 104729) % 2003) / 1001 - 1),
    shape,
  );
}

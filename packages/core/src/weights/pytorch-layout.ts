import type { ModelWeight } from './model-weights';
import type { NamedWeight } from './named-weights';
import { elementCount } from './raw-numbers';

/** PyTorch's names of weights, by Keras' names. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  kernel: ['weight'],
  depthwise_kernel: ['weight'],
  embeddings: ['weight'],
  alpha: ['weight'],
  gamma: ['weight'],
  beta: ['bias'],
  bias: ['bias'],
  moving_mean: ['running_mean'],
  moving_variance: ['running_var'],
};

/** PyTorch's name of a weight of a layer class. A layer scale is a parameter of the block around it. */
export function pyTorchName(name: string, className: string): readonly string[] {
  if (className === 'LayerScale') return ['layer_scale', 'gamma'];
  return NAMES[name] ?? [name];
}

/**
 * A weight of PyTorch with its axes in Keras' order: kernels of convolutions from out × in × height × width to height ×
 * width × in × out, of depthwise ones to height × width × in × multiplier, of dense layers from out × in to in × out.
 * Axes of size 1 at the end are dropped where Keras has none.
 */
export function asKeras(
  weight: NamedWeight,
  { layer, variable }: ModelWeight,
): Pick<NamedWeight, 'shape' | 'read'> {
  const wanted = variable.shape.length;
  const { read } = weight;
  let shape = weight.shape;
  // A dense layer as a 1×1 convolution or the other way round.
  while (shape.length > wanted && shape.at(-1) === 1) shape = shape.slice(0, -1);
  while (shape.length === 2 && wanted === 4) shape = [...shape, 1, 1];
  if (wanted === 4 && shape.length === 4) {
    const [out, into, height, width] = shape as [number, number, number, number];
    if (layer.getClassName() !== 'DepthwiseConv2D') return permuted(read, shape, [2, 3, 1, 0]);
    // With one input channel per group, the outputs are ordered by channel, then by multiplier.
    const channels = variable.shape[2];
    if (into !== 1 || out % channels !== 0) return { shape: [height, width, into, out], read };
    return permuted(read, [channels, out / channels, height, width], [2, 3, 0, 1]);
  }
  return wanted === 2 && shape.length === 2 ? permuted(read, shape, [1, 0]) : { shape, read };
}

/** The numbers with their axes in another order. */
function permuted(
  read: () => Float32Array,
  from: readonly number[],
  order: readonly number[],
): Pick<NamedWeight, 'shape' | 'read'> {
  const shape = order.map((axis) => from[axis]);
  const strides = from.map((_, axis) => elementCount(from.slice(axis + 1)));
  return {
    shape,
    read() {
      const values = read();
      return inRowOrder(
        values,
        shape,
        order.map((axis) => strides[axis]),
      );
    },
  };
}

/**
 * The numbers of a strided view, its last axis fastest.
 *
 * @param strides how many numbers lie between neighbours along each axis
 */
export function inRowOrder(
  numbers: Float32Array,
  shape: readonly number[],
  strides: readonly number[],
): Float32Array {
  const ordered = new Float32Array(elementCount(shape));
  let next = 0;
  const visit = (axis: number, at: number) => {
    if (axis === shape.length) ordered[next++] = numbers[at];
    else for (let i = 0; i < shape[axis]; i++) visit(axis + 1, at + i * strides[axis]);
  };
  visit(0, 0);
  return ordered;
}

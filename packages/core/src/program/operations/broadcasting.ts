import * as tf from '@tensorflow/tfjs-core';
import { OperationSizesError } from '../../errors';
import { type OperationKind, operation, type Program, type Sizes, type Value, withBatch } from '../ir';
import { DataType, FLOAT, type NodeWriter } from '../node-writer';
import { describeSizes, reshape } from './shape';

export function sameSizes(a: Sizes, b: Sizes): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/**
 * The sizes of a result that is computed element by element, by NumPy's rules: sizes are aligned at the last axis, and
 * missing axes and axes of size 1 are repeated. The batch's axis can only be the first of the result.
 *
 * @throws OperationSizesError if the sizes don't fit.
 */
export function broadcastSizes(name: string, inputs: readonly Value[]): Sizes {
  const rank = Math.max(...inputs.map(({ sizes }) => sizes.length));
  return Array.from({ length: rank }, (_, axis) => {
    const along = inputs.map(({ sizes }) => {
      const own = axis - rank + sizes.length;
      return own < 0 ? 1 : sizes[own];
    });
    const repeating = along.filter((size) => size !== 1);
    const size = repeating.length > 0 ? repeating[0] : 1;
    if (repeating.some((other) => other !== size) || (size === null && axis > 0)) {
      throw new OperationSizesError(
        `${name}: expected sizes that are equal, or 1, from the last axis backwards; received ` +
          `${inputs.map(({ sizes }) => describeSizes(sizes)).join(' and ')}. Give one of them axes of size 1, by ops.expandDims for example.`,
      );
    }
    return size;
  });
}

/** The axes over which an array is reduced, and whether these axes stay with size 1. */
export interface Reduction {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

export function reducedSizes(sizes: Sizes, { axes, keepDims }: Reduction): Sizes {
  if (keepDims) return sizes.map((size, axis) => (axes.includes(axis) ? 1 : size));
  return sizes.filter((_, axis) => !axes.includes(axis));
}

export function writeReduction<T>(writer: NodeWriter<T>, op: string, x: T, { axes, keepDims }: Reduction): T {
  const attributes = { ...FLOAT, Tidx: { type: DataType.int32 }, keep_dims: { b: keepDims } };
  return writer.node(op, [x, writer.ints(axes)], attributes);
}

/** The sum over some axes. */
const sumKind: OperationKind<Reduction> = {
  name: 'Sum',
  sizes: ([x], reduction) => [reducedSizes(x.sizes, reduction)],
  run: ([x], { axes, keepDims }) => [tf.sum(x, [...axes], keepDims)],
  write: (writer, [x], reduction) => [writeReduction(writer, 'Sum', x, reduction)],
  gradient: (program, { inputs: [x], attributes }, [dy]) => {
    const kept = withReducedAxes(program, dy!, x, attributes);
    return [broadcastTo(program, [kept, x], { sizes: x.sizes })];
  },
};

export const sum = operation(sumKind);

/** The result of a reduction of x, with the reduced axes put back as axes of size 1. */
export function withReducedAxes(program: Program, reduced: Value, x: Value, reduction: Reduction): Value {
  if (reduction.keepDims) return reduced;
  return reshape(program, [reduced], { sizes: reducedSizes(x.sizes, { ...reduction, keepDims: true }) });
}

/** An array repeated along its axes of size 1. The second input is read only for the number of images. */
const broadcastKind: OperationKind<{ readonly sizes: Sizes }> = {
  name: 'BroadcastTo',
  sizes: (_, { sizes }) => [sizes],
  run: ([x, like], { sizes }) => [tf.broadcastTo(x, withBatch(sizes, like.shape[0] ?? 1))],
  write(writer, [x], { sizes }, { inputs: [{ sizes: own }] }) {
    if (own.length !== sizes.length || own[0] !== null) {
      return [
        writer.node('BroadcastTo', [x, writer.sizes(sizes)], { ...FLOAT, Tidx: { type: DataType.int32 } }),
      ];
    }
    // `Tile` doesn't need the number of images, which not every graph knows.
    const times = sizes.map((size, axis) => (size === own[axis] ? 1 : Number(size)));
    return [writer.node('Tile', [x, writer.ints(times)], { ...FLOAT, Tmultiples: { type: DataType.int32 } })];
  },
  gradient: (program, { inputs: [x] }, [dy]) => [summedTo(program, dy!, x.sizes), undefined],
};

export const broadcastTo = operation(broadcastKind);

/** The gradient of an array that was broadcast to other sizes: the sum over the repeated axes. */
export function summedTo(program: Program, value: Value, sizes: Sizes): Value {
  const extra = value.sizes.length - sizes.length;
  const axes = value.sizes.flatMap((size, axis) =>
    axis < extra || (sizes[axis - extra] === 1 && size !== 1) ? [axis] : [],
  );
  const summed = axes.length > 0 ? sum(program, [value], { axes, keepDims: extra === 0 }) : value;
  return sameSizes(summed.sizes, sizes) ? summed : reshape(program, [summed], { sizes });
}

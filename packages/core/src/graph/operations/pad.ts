import * as tf from '@tensorflow/tfjs-core';
import { DataType, FLOAT, type NodeWriter } from '../node-writer';
import { type OperationKind, operation } from '../operation';
import { slice } from './slice';

interface PadAttributes {
  /** Zeros before and after, for each axis. */
  readonly zeros: readonly (readonly [before: number, after: number])[];
}

/** An array with zeros around it. */
const kind: OperationKind<PadAttributes> = {
  name: 'Pad',
  sizes: ([{ sizes }], { zeros }) => [
    sizes.map((size, axis) => size && size + zeros[axis][0] + zeros[axis][1]),
  ],
  run: ([x], { zeros }) => [
    tf.pad(
      x,
      zeros.map(([before, after]) => [before, after]),
    ),
  ],
  write: (writer, [x], { zeros }) => [writePad(writer, x, zeros)],
  gradient: (program, { inputs: [x], attributes: { zeros } }, [dy]) => [
    slice(program, [dy!], { begin: zeros.map(([before]) => before), sizes: x.sizes }),
  ],
};

export const pad = operation(kind);

export function writePad<T>(writer: NodeWriter<T>, x: T, zeros: PadAttributes['zeros']): T {
  const rows = writer.node('Reshape', [writer.ints(zeros.flat()), writer.ints([zeros.length, 2])], {
    T: { type: DataType.int32 },
    Tshape: { type: DataType.int32 },
  });
  return writer.node('Pad', [x, rows], { ...FLOAT, Tpaddings: { type: DataType.int32 } });
}

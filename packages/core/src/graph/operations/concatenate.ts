import * as tf from '@tensorflow/tfjs-core';
import { DataType, FLOAT } from '../node-writer';
import { type OperationKind, operation } from '../operation';
import { slice } from './slice';

/** Arrays laid side by side along an axis other than the batch's. */
const kind: OperationKind<{ readonly axis: number }> = {
  name: 'Concatenate',
  sizes: (inputs, { axis }) => [
    inputs[0].sizes.map((size, i) =>
      i === axis ? inputs.reduce((sum, { sizes }) => sum + Number(sizes[axis]), 0) : size,
    ),
  ],
  run: (inputs, { axis }) => [tf.concat([...inputs], axis)],
  write: (writer, inputs, { axis }) => [
    writer.node(
      'ConcatV2',
      [...inputs, writer.node('Reshape', [writer.ints([axis]), writer.ints([])], INTS)],
      {
        ...FLOAT,
        N: { i: inputs.length },
        Tidx: { type: DataType.int32 },
      },
    ),
  ],
  gradient(program, { inputs, attributes: { axis } }, [dy], wanted) {
    let start = 0;
    return inputs.map(({ sizes }, i) => {
      const begin = sizes.map((_, along) => (along === axis ? start : 0));
      start += Number(sizes[axis]);
      return wanted[i] ? slice(program, [dy!], { begin, sizes }) : undefined;
    });
  },
};

const INTS = { T: { type: DataType.int32 }, Tshape: { type: DataType.int32 } } as const;

export const concatenate = operation(kind);

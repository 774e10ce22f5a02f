import { LabelShapeError } from '../errors';
import type { Matrix, MatrixInput, TensorLike } from '../matrix-input';

/** Flat values with `[rows, columns]`, or with no shape yet where a flat array came in. */
export interface ReadMatrix {
  readonly data: ArrayLike<number>;
  readonly shape: readonly [number, number] | undefined;
}

/** Reads any {@link MatrixInput} without looking at its values; typed arrays are passed through, not copied. */
export function readMatrix(metric: string, what: string, input: MatrixInput): ReadMatrix {
  if (typeof input !== 'object' || input === null) {
    throw new LabelShapeError(`${metric}: expected ${what} as ${ACCEPTED}; received ${String(input)}.`);
  }
  if ('then' in input) {
    throw new LabelShapeError(
      `${metric}: expected ${what} as ${ACCEPTED}; received a Promise. Await it first.`,
    );
  }
  if ('shape' in input && Array.isArray(input.shape))
    return readShaped(metric, what, input as Matrix | TensorLike);
  if (!('length' in input) || typeof input.length !== 'number') {
    throw new LabelShapeError(
      `${metric}: expected ${what} as ${ACCEPTED}; received an object with the keys ${Object.keys(input).join(', ')}.`,
    );
  }
  const first: unknown = input[0];
  if (typeof first === 'object' && first !== null && 'length' in first) {
    return readNested(metric, what, input as ArrayLike<ArrayLike<number>>);
  }
  return { data: input as ArrayLike<number>, shape: undefined };
}

const ACCEPTED = '{ data, shape }, nested arrays, a tensor or a flat array';

function readShaped(metric: string, what: string, input: Matrix | TensorLike): ReadMatrix {
  const [rows, columns = 1] = input.shape;
  if (rows === undefined || input.shape.length > 2) {
    throw new LabelShapeError(
      `${metric}: expected ${what} of shape [rows, columns] or [rows]; received shape [${input.shape.join(', ')}]. Reshape it to two dimensions.`,
    );
  }
  const data = 'dataSync' in input ? input.dataSync() : input.data;
  if (data.length !== rows * columns) {
    throw new LabelShapeError(
      `${metric}: expected ${what} to hold ${rows * columns} values, as its shape ${rows}×${columns} says; received ${data.length}.`,
    );
  }
  return { data, shape: [rows, columns] };
}

function readNested(metric: string, what: string, input: ArrayLike<ArrayLike<number>>): ReadMatrix {
  const columns = input[0]!.length;
  for (let row = 0; row < input.length; row++) {
    if (input[row]?.length !== columns) {
      throw new LabelShapeError(
        `${metric}: expected ${columns} columns in every row of ${what}, as in row 0; row ${row} has ${input[row]?.length ?? 'none'}.`,
      );
    }
  }
  if (
    input[0] instanceof Float32Array &&
    Array.prototype.every.call(input, (row) => row instanceof Float32Array)
  ) {
    const data = new Float32Array(input.length * columns);
    for (let row = 0; row < input.length; row++) data.set(input[row]!, row * columns);
    return { data, shape: [input.length, columns] };
  }
  const data = new Array<number>(input.length * columns);
  for (let row = 0; row < input.length; row++) {
    for (let column = 0; column < columns; column++) data[row * columns + column] = input[row]![column]!;
  }
  return { data, shape: [input.length, columns] };
}

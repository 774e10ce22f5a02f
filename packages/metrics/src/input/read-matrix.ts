import { LabelShapeError } from '../errors';
import type { Matrix, MatrixInput, TensorLike } from '../matrix-input';

/** Flat values with `[rows, columns]`; without a shape if a flat array was given. */
export interface ReadMatrix {
  readonly data: ArrayLike<number>;
  readonly shape: readonly [number, number] | undefined;
}

/** Reads any {@link MatrixInput}. Booleans become 0 and 1; typed arrays are not copied. */
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
    return readShaped(metric, what, input as Matrix<number | boolean> | TensorLike);
  if (!('length' in input) || typeof input.length !== 'number') {
    throw new LabelShapeError(
      `${metric}: expected ${what} as ${ACCEPTED}; received an object with the keys ${Object.keys(input).join(', ')}.`,
    );
  }
  const first: unknown = input[0];
  if (typeof first === 'object' && first !== null && 'length' in first) {
    return readNested(metric, what, input as ArrayLike<ArrayLike<Cell>>);
  }
  return { data: numbersOf(input as ArrayLike<Cell>), shape: undefined };
}

type Cell = number | boolean;

function numberOf(cell: Cell): number {
  return cell === true ? 1 : cell === false ? 0 : cell;
}

function numbersOf(data: ArrayLike<Cell>): ArrayLike<number> {
  const hasBooleans =
    !ArrayBuffer.isView(data) && Array.prototype.some.call(data, (cell) => typeof cell === 'boolean');
  return hasBooleans ? Array.from(data, numberOf) : (data as ArrayLike<number>);
}

const ACCEPTED = '{ data, shape }, nested arrays, a tensor or a flat array';

function readShaped(metric: string, what: string, input: Matrix<number | boolean> | TensorLike): ReadMatrix {
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
  return { data: numbersOf(data), shape: [rows, columns] };
}

function readNested(metric: string, what: string, input: ArrayLike<ArrayLike<Cell>>): ReadMatrix {
  const columns = input[0].length;
  for (let row = 0; row < input.length; row++) {
    if (input[row]?.length !== columns) {
      throw new LabelShapeError(
        `${metric}: expected ${columns} columns in every row of ${what}, as in row 0; row ${row} has ${input[row]?.length ?? 'none'}.`,
      );
    }
  }
  const rows: readonly unknown[] = Array.from(input);
  if (rows.every((row) => row instanceof Float32Array)) {
    const data = new Float32Array(input.length * columns);
    rows.forEach((row, at) => {
      data.set(row, at * columns);
    });
    return { data, shape: [input.length, columns] };
  }
  const data = new Array<number>(input.length * columns);
  for (let row = 0; row < input.length; row++) {
    for (let column = 0; column < columns; column++)
      data[row * columns + column] = numberOf(input[row][column]);
  }
  return { data, shape: [input.length, columns] };
}

import { ReportEmptyError, ReportRangeError, ReportShapeError } from './errors';

/** One number per pair of labels, row-major, as `labelCorrelation` and `labelCooccurrence` of `@thawjs/metrics` return. */
export interface LabelMatrixInput {
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
}

/**
 * Checks that the matrix has a number for every two labels, and that the order has each label once.
 *
 * @returns the given order; without one, the order of the labels
 */
export function checkLabelMatrix(
  chart: string,
  labels: readonly string[],
  { data, shape }: LabelMatrixInput,
  order: ArrayLike<number> | undefined,
): readonly number[] {
  const count = labels.length;
  if (count === 0) {
    throw new ReportEmptyError(`${chart}: expected at least one label; received none.`);
  }
  if (shape.length !== 2 || shape[0] !== count || shape[1] !== count || data.length !== count * count) {
    throw new ReportShapeError(
      `${chart}: expected a matrix of ${count}×${count}, a number for every two labels; received ${shape.join('×')} with ${data.length} values.`,
    );
  }
  if (order === undefined) return [...labels.keys()];
  const given = Array.from(order);
  if (
    given.length !== count ||
    new Set(given).size !== count ||
    given.some((at) => labels[at] === undefined)
  ) {
    throw new ReportRangeError(
      `${chart}: expected an order with each of the numbers 0 to ${count - 1} once; received ${given.join(', ')}.`,
    );
  }
  return given;
}

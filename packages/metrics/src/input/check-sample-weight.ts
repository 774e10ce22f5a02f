import { LabelShapeError, SampleWeightError } from '../errors';

/** The weights of the rows as floats, at least 0 and not all 0; undefined if none are given. */
export function checkSampleWeight(
  metric: string,
  sampleWeight: ArrayLike<number> | undefined,
  rows: number,
): Float64Array | undefined {
  if (sampleWeight === undefined) return undefined;
  if (sampleWeight.length !== rows) {
    throw new LabelShapeError(
      `${metric}: expected ${rows} values in sampleWeight, one a row; received ${sampleWeight.length}.`,
    );
  }
  const weights = Float64Array.from(sampleWeight);
  const row = weights.findIndex((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY));
  if (row >= 0) {
    throw new SampleWeightError(
      `${metric}: expected sample weights to be finite and from 0; received ${sampleWeight[row]} at row ${row}.`,
    );
  }
  if (weights.every((weight) => weight === 0)) {
    throw new SampleWeightError(
      `${metric}: expected a sample weight above 0; received 0 in each of the ${rows} rows.`,
    );
  }
  return weights;
}

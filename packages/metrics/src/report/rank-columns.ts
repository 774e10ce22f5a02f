import type { CheckedInputs } from '../input/check-inputs';
import { areaUnderRoc } from '../ranking/area-under-roc';
import { sortByLabel } from '../ranking/sort-by-label';
import { stepPrecision } from '../ranking/step-precision';

/** Both areas of each class and of all pairs pooled, from one sort each; undefined ones NaN. */
export interface RankedColumns {
  readonly auc: Float64Array;
  readonly averagePrecision: Float64Array;
  readonly microAuc: number;
  readonly microAveragePrecision: number;
}

export function rankColumns({ rows, columns, truth, scores }: CheckedInputs): RankedColumns {
  const auc = new Float64Array(columns);
  const averagePrecision = new Float64Array(columns);
  for (let column = 0; column < columns; column++) {
    const sorted = sortByLabel(truth, scores, { offset: column, stride: columns, count: rows });
    auc[column] = areaUnderRoc(sorted);
    averagePrecision[column] = stepPrecision(sorted);
  }
  const pooled = sortByLabel(truth, scores, { offset: 0, stride: 1, count: rows * columns });
  return {
    auc,
    averagePrecision,
    microAuc: areaUnderRoc(pooled),
    microAveragePrecision: stepPrecision(pooled),
  };
}

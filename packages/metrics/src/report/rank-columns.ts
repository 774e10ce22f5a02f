import type { CheckedInputs } from '../input/check-inputs';
import { areaUnderRoc } from '../ranking/area-under-roc';
import { poolPairs } from '../ranking/pool-pairs';
import { sortByLabel } from '../ranking/sort-by-label';
import { stepPrecision } from '../ranking/step-precision';

/** Both areas of each class and of all pairs pooled, from one sort each; undefined ones NaN. */
export interface RankedColumns {
  readonly auc: Float64Array;
  readonly averagePrecision: Float64Array;
  readonly microAuc: number;
  readonly microAveragePrecision: number;
}

export function rankColumns(inputs: CheckedInputs): RankedColumns {
  const classes = areas(inputs);
  const pooled = areas(poolPairs(inputs));
  return { ...classes, microAuc: pooled.auc[0]!, microAveragePrecision: pooled.averagePrecision[0]! };
}

function areas(inputs: CheckedInputs): Pick<RankedColumns, 'auc' | 'averagePrecision'> {
  const auc = new Float64Array(inputs.columns);
  const averagePrecision = new Float64Array(inputs.columns);
  sortByLabel(inputs, (sorted, column) => {
    auc[column] = areaUnderRoc(sorted);
    averagePrecision[column] = stepPrecision(sorted);
  });
  return { auc, averagePrecision };
}

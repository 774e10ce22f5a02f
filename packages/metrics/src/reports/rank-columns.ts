import type { CheckedInputs } from '../input/check-inputs';
import { weightedCurve } from '../ranking/curves/weighted-curve';
import { gatherByLabel } from '../ranking/gather-by-label';
import { poolPairs } from '../ranking/pool-pairs';
import { wholeRocArea } from '../ranking/roc-area';
import { stepPrecision } from '../ranking/step-precision';
import { aucVariance } from '../uncertainty/auc-variance';

/** Both areas of each class and of all pairs pooled, from one sort each; NaN if undefined. */
export interface RankedColumns {
  readonly auc: Float64Array;
  /** DeLong's estimate for each class. */
  readonly aucVariance: Float64Array;
  readonly averagePrecision: Float64Array;
  readonly microAuc: number;
  readonly microAveragePrecision: number;
}

/** @param spread whether to compute the variances, which takes another sweep each; else they are NaN */
export function rankColumns(inputs: CheckedInputs, spread = false): RankedColumns {
  const classes = areas(inputs, spread);
  const pooled = areas(poolPairs(inputs), false);
  return { ...classes, microAuc: pooled.auc[0], microAveragePrecision: pooled.averagePrecision[0] };
}

function areas(
  inputs: CheckedInputs,
  spread: boolean,
): Pick<RankedColumns, 'auc' | 'aucVariance' | 'averagePrecision'> {
  const auc = new Float64Array(inputs.columns);
  const variances = new Float64Array(inputs.columns).fill(Number.NaN);
  const averagePrecision = new Float64Array(inputs.columns);
  for (let column = 0; inputs.weights !== undefined && column < inputs.columns; column++) {
    const curve = weightedCurve(inputs, column);
    auc[column] = wholeRocArea.ofCurve(curve);
    averagePrecision[column] = stepPrecision.ofCurve(curve);
  }
  if (inputs.weights !== undefined) return { auc, aucVariance: variances, averagePrecision };
  gatherByLabel(inputs, (runs, column) => {
    auc[column] = wholeRocArea.ofRuns(runs);
    averagePrecision[column] = stepPrecision.ofRuns(runs);
    if (!spread) return;
    const { positives, negatives, room } = runs;
    variances[column] = aucVariance({
      positives: room.sort(positives),
      negatives: room.sort(negatives),
    });
  });
  return { auc, aucVariance: variances, averagePrecision };
}

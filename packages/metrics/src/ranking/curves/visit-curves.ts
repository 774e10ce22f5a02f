import type { CheckedInputs } from '../../input/check-inputs';
import { sortByLabel } from '../sort-by-label';
import { type CurveCounts, curveOfRuns } from './curve-of-runs';
import { weightedCurve } from './weighted-curve';

/** Calls `visit` with the corners of each column's curves. */
export function visitCurves(
  inputs: CheckedInputs,
  visit: (curve: CurveCounts, column: number) => void,
): void {
  if (inputs.weights === undefined) {
    sortByLabel(inputs, (sorted, column) => visit(curveOfRuns(sorted), column));
    return;
  }
  for (let column = 0; column < inputs.columns; column++) visit(weightedCurve(inputs, column), column);
}

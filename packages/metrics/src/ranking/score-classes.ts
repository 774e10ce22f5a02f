import { fillUndefined, meanOf } from '../averaging/mean-of';
import type { CheckedInputs } from '../input/check-inputs';
import { weighRows } from '../input/weigh-rows';
import type { Average, Averaged, UndefinedPolicy } from '../options';
import type { CurveCounts } from './curves/curve-of-runs';
import { weightedCurve } from './curves/weighted-curve';
import { gatherByLabel, type LabelRuns } from './gather-by-label';
import { gatherRows } from './gather-rows';
import { poolPairs } from './pool-pairs';

/**
 * An area under a curve, computed in two ways: from the scores of either label, which is fast and exact, or
 * from the corners of a curve, which may be weighted.
 */
export interface Area {
  readonly ofRuns: (runs: LabelRuns) => number;
  readonly ofCurve: (curve: CurveCounts) => number;
}

/** Computes an area per class, per row or of all pairs, and averages. */
export function scoreClasses<A extends Average>(
  inputs: CheckedInputs,
  area: Area,
  average: A,
  policy: UndefinedPolicy,
): Averaged<A>;
export function scoreClasses(
  inputs: CheckedInputs,
  area: Area,
  average: Average,
  policy: UndefinedPolicy,
): Float64Array | number {
  if (average === 'samples') {
    const values = new Float64Array(inputs.rows);
    gatherRows(inputs, (runs, row) => (values[row] = area.ofRuns(runs)));
    return meanOf(values, policy, weighRows(inputs));
  }
  const { values, support } = areasOf(average === 'micro' ? poolPairs(inputs) : inputs, area);
  if (average === 'none') return values.map((value) => fillUndefined(value, policy));
  return meanOf(values, policy, average === 'weighted' ? support : undefined);
}

function areasOf(inputs: CheckedInputs, area: Area): { values: Float64Array; support: Float64Array } {
  const values = new Float64Array(inputs.columns);
  const support = new Float64Array(inputs.columns);
  if (inputs.weights === undefined) {
    gatherByLabel(inputs, (runs, column) => {
      values[column] = area.ofRuns(runs);
      support[column] = runs.positives.length;
    });
    return { values, support };
  }
  for (let column = 0; column < inputs.columns; column++) {
    const curve = weightedCurve(inputs, column);
    values[column] = area.ofCurve(curve);
    support[column] = curve.truePositives.at(-1) ?? 0;
  }
  return { values, support };
}

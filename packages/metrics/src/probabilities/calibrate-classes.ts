import type { CheckedInputs } from '../input/check-inputs';
import { inputRules } from '../input/option-rules';
import type { InputOptions } from '../options';
import { quantileEdges, uniformBin, uniformEdges } from './bin-edges';
import { binScores, calibrationOfBins, emptyBins } from './binned-scores';
import type { ClassCalibration } from './class-calibration';

/** Options of the metrics that divide probabilities into bins. */
export interface CalibrationOptions extends InputOptions {
  /** The number of bins. Default 15, as in Guo et al. 2017 (scikit-learn: 5). */
  readonly bins?: number;
  /**
   * `'uniform'`: bins of equal width; `'quantile'`: bins of equally many rows, for each class. Default
   * `'uniform'`.
   */
  readonly strategy?: 'uniform' | 'quantile';
}

/** Rule of a number of bins. */
export const binsRule = {
  accepts: (value: unknown) => Number.isInteger(value) && (value as number) >= 1,
  expected: 'an integer from 1',
};

/** Rules of {@link CalibrationOptions}. */
export const calibrationRules = {
  bins: binsRule,
  strategy: {
    accepts: (value: unknown) => value === 'uniform' || value === 'quantile',
    expected: '"uniform" or "quantile"',
  },
  ...inputRules,
};

/** One calibration per column. */
export function calibrateClasses(
  inputs: CheckedInputs,
  { bins = 15, strategy = 'uniform' }: Pick<CalibrationOptions, 'bins' | 'strategy'>,
): ClassCalibration[] {
  const binned = emptyBins(inputs.columns, bins);
  if (strategy === 'uniform') {
    binScores(inputs, binned, bins, (score) => uniformBin(score, bins));
    const edges = uniformEdges(bins);
    return Array.from({ length: inputs.columns }, (_, column) => calibrationOfBins(binned, column, edges));
  }
  const edges = Array.from({ length: inputs.columns }, (_, column) => quantileEdges(inputs, column, bins));
  binScores(inputs, binned, bins, (score, column) => {
    const own = edges[column];
    let bin = 0;
    while (bin < bins - 1 && own[bin + 1] < score) bin++;
    return bin;
  });
  return edges.map((own, column) => calibrationOfBins(binned, column, own));
}

import { checkDecisions } from '../input/check-decisions';
import { checkOptions } from '../input/check-options';
import { averagedRatioRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { Average, Averaged, RatioOptions } from '../options';
import { averageRatio } from './average-ratio';
import { countCells } from './count-cells';
import type { Ratio } from './ratio';

/** Options of the ratios of counts that can be averaged. */
export interface AveragedRatioOptions<A extends Average = Average> extends RatioOptions {
  /** Default `'macro'`. */
  readonly average?: A;
}

/** Checks labels and scores, counts the cells, and gives an averaged ratio. */
export function scoreRatio<A extends Average>(
  metric: string,
  ratio: Ratio,
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: AveragedRatioOptions<A>,
): Averaged<A> {
  checkOptions(metric, options, averagedRatioRules);
  const { average = 'macro' as A } = options;
  const inputs = checkDecisions(metric, yTrue, yScore, options);
  const cells = countCells(metric, inputs, options, average === 'samples' ? 'row' : 'column');
  return averageRatio(cells, ratio, average, options);
}

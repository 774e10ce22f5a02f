import { checkInputs } from '../../input/check-inputs';
import { checkOptions } from '../../input/check-options';
import type { MatrixInput } from '../../matrix-input';
import { poolPairs } from '../pool-pairs';
import type { CurveCounts } from './curve-of-runs';
import { type CurveAverage, type CurveOptions, type Curves, curveRules } from './curve-options';
import { visitCurves } from './visit-curves';

/** Checks labels and scores, and gives a curve of each class, or one of all pairs. */
export function drawCurves<C, A extends CurveAverage>(
  metric: string,
  draw: (counts: CurveCounts) => C,
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: CurveOptions<A>,
): Curves<C, A>;
export function drawCurves<C>(
  metric: string,
  draw: (counts: CurveCounts) => C,
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: CurveOptions,
): readonly C[] | C {
  checkOptions(metric, options, curveRules);
  const inputs = checkInputs(metric, yTrue, yScore, options);
  const curves: C[] = [];
  visitCurves(options.average === 'micro' ? poolPairs(inputs) : inputs, (counts) =>
    curves.push(draw(counts)),
  );
  return options.average === 'micro' ? curves[0]! : curves;
}

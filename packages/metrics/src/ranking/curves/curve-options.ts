import { flag, inputRules } from '../../input/option-rules';
import type { InputOptions } from '../../options';

/** `'none'`: one curve per class; `'micro'`: one curve of all (row, class) pairs. */
export type CurveAverage = 'none' | 'micro';

/** A list of curves for the average `'none'`, else one curve. */
export type Curves<C, A extends CurveAverage> = A extends 'none' ? readonly C[] : C;

/** Options of the curves. */
export interface CurveOptions<A extends CurveAverage = CurveAverage> extends InputOptions {
  /** Default `'none'`. */
  readonly average?: A;
  /** Whether to leave out points that a plot of the curve doesn't need. */
  readonly dropIntermediate?: boolean;
}

/** Rules of {@link CurveOptions}. */
export const curveRules = {
  average: {
    accepts: (value: unknown) => value === 'none' || value === 'micro',
    expected: '"none" or "micro"',
  },
  dropIntermediate: flag,
  ...inputRules,
};

import { checkOptions } from '../input/check-options';
import { knownLabelRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { KnownLabelOptions } from '../options';
import { checkLabels } from './check-labels';
import { countKnown, countPositives } from './count-labels';
import { imbalanceRatios } from './imbalance-ratio-per-label';
import { scumbleOfRows } from './scumble-of-rows';

/** The scope of {@link scumble}: the whole data set, each label or each row. */
export type ScumbleScope = 'dataset' | 'label' | 'row';

/** Options of {@link scumble}. */
export interface ScumbleOptions<S extends ScumbleScope = ScumbleScope> extends KnownLabelOptions {
  /**
   * One number for the data set, one per label (the mean over the rows that have it), or one per row. Default
   * `'dataset'`.
   */
  readonly per?: S;
}

/** The result of {@link scumble}: a number for `per: 'dataset'`, an array for `'label'` and `'row'`. */
export type Scumble<S extends ScumbleScope> = S extends 'dataset' ? number : Float64Array;

const rules = {
  ...knownLabelRules,
  per: {
    accepts: (value: unknown) => value === 'dataset' || value === 'label' || value === 'row',
    expected: '"dataset" or "label" or "row"',
  },
};

/**
 * How much rare and frequent labels occur in the same rows. Resampling whole rows can't balance such labels.
 *
 * For a row: 1 − geometric mean / arithmetic mean of {@link imbalanceRatioPerLabel} over the labels that the
 * row has (an Atkinson index). For a data set: the mean over its rows (Charte, Rivera, del Jesus and Herrera
 * 2014, "Concurrence among imbalanced labels and its influence on multilabel resampling algorithms", HAIS).
 * For a label: the mean over the rows that have it (SCUMBLELbl, Charte et al. 2019, "Dealing with difficult
 * minority labels", Neurocomputing 326).
 *
 * - Range [0, 1). 0 for a row with fewer than two labels, as in the R package mldr.
 * - Unknown labels count as absent. A row in which no label is known is NaN for `per: 'row'`, and is left out
 *   of the other scopes.
 * - A label without positives is NaN for `per: 'label'`, and is left out of the other scopes.
 *
 * @param yTrue labels, 0/1, rows × classes; what `mask` or `ignoreValue` leave out is unknown
 * @throws LabelShapeError, LabelValueError, EmptyInputError, UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { scumble } from '@thawjs/metrics';
 *
 * const yTrue = [[1, 1], [1, 0], [1, 0], [1, 0]];
 * console.log(scumble(yTrue, { per: 'row' })); // Float64Array(4) [ 0.19999999999999996, 0, 0, 0 ]
 * console.log(scumble(yTrue)); // 0.04999999999999999
 * ```
 */
export function scumble<S extends ScumbleScope = 'dataset'>(
  yTrue: MatrixInput,
  options?: ScumbleOptions<S>,
): Scumble<S>;
export function scumble(
  yTrue: MatrixInput,
  { per = 'dataset', ...options }: ScumbleOptions = {},
): number | Float64Array {
  checkOptions('scumble', { per, ...options }, rules);
  const checked = checkLabels('scumble', yTrue, options);
  const counts = countPositives(checked);
  const ofRows = scumbleOfRows(checked, imbalanceRatios(counts));
  const known = countKnown(checked);
  if (per === 'row') return ofRows.values.map((value, row) => (known.hasKnown(row) ? value : Number.NaN));
  if (per === 'label') return ofRows.sums.map((sum, column) => sum / counts[column]);
  return ofRows.values.reduce((sum, value) => sum + value, 0) / known.rows;
}

import { AccumulatorStateError, EmptyInputError, ScoreValueError } from '../errors';
import { checkInputs } from '../input/check-inputs';
import { checkOptions } from '../input/check-options';
import { nameCell } from '../input/name-cell';
import { codingRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { CodingOptions } from '../options';
import type { Accumulator } from './accumulator';
import { checkColumns } from './check-columns';
import { checkMergeable } from './check-mergeable';
import { checkState, readCounts, type StateHead } from './check-state';
import { addExactly, type ExactSum, roundExactly } from './exact-sum';
import { plainOptions } from './plain-options';
import { uniformBin } from './uniform-bin';

/** Options of {@link CalibrationAccumulator}. */
export interface CalibrationBinsOptions extends CodingOptions {
  /** Bins of equal width that divide [0, 1]. Default 15, as in Guo et al. 2017. */
  readonly bins?: number;
}

/** One bin of a {@link ClassCalibration}. */
export interface CalibrationBin {
  /** Scores of the bin are above `lower` (the first bin's: 0 included) up to and including `upper`. */
  readonly lower: number;
  readonly upper: number;
  /** Rows whose score falls in. */
  readonly count: number;
  /** Their mean score; NaN in an empty bin. */
  readonly meanScore: number;
  /** The share of them that is positive; NaN in an empty bin. */
  readonly positiveShare: number;
}

/** How well the probabilities of one class are calibrated. */
export interface ClassCalibration {
  readonly bins: readonly CalibrationBin[];
  /** The mean of |positiveShare − meanScore| over the rows' bins. */
  readonly expectedCalibrationError: number;
  /** The largest |positiveShare − meanScore| of a bin. */
  readonly maximumCalibrationError: number;
}

/** What {@link CalibrationAccumulator} is as JSON. */
export interface CalibrationState extends StateHead<'calibration'> {
  readonly options: CalibrationBinsOptions;
  /** Absent before the first update. */
  readonly columns?: number;
  /** Rows of each bin, bins of the first class first. */
  readonly counts: readonly number[];
  readonly positives: readonly number[];
  /** Exact sums of the scores of each bin, each as a few floats. */
  readonly sums: readonly (readonly number[])[];
}

const rules = {
  ...codingRules,
  bins: {
    accepts: (value: unknown) => Number.isInteger(value) && (value as number) >= 1,
    expected: 'an integer from 1',
  },
};

/**
 * Calibration bins of each class over data that comes in parts: what a reliability diagram shows, and its errors.
 *
 * A score p falls into the bin (k/B, (k+1)/B], 0 into the first (scikit-learn's `calibration_curve`, strategy `'uniform'`).
 * ECE = Σ_b n_b/n · |positives_b/n_b − mean score_b|, MCE the largest of the differences (Naeini et al. 2015; Guo et al. 2017).
 *
 * - Scores are summed without rounding, so that the result doesn't depend on the order, not in the last bit. Some numbers a bin and
 *   class, however many rows.
 *
 * @throws UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { CalibrationAccumulator } from '@thawjs/metrics';
 *
 * const one = new CalibrationAccumulator({ bins: 2 }).update([0, 1], [0.25, 0.75]);
 * const other = new CalibrationAccumulator({ bins: 2 }).update([0, 1], [0.75, 1]);
 * const [calibration] = one.merge(other).result();
 * console.log(calibration.bins[0].positiveShare, calibration.bins[1].count); // 0 3
 * console.log(calibration.maximumCalibrationError); // 0.25
 * ```
 */
export class CalibrationAccumulator implements Accumulator<readonly ClassCalibration[], CalibrationState> {
  readonly #options: CalibrationBinsOptions;
  #columns: number | undefined;
  #counts: Float64Array = new Float64Array(0);
  #positives: Float64Array = new Float64Array(0);
  #sums: ExactSum[] = [];

  constructor(options: CalibrationBinsOptions = {}) {
    checkOptions('CalibrationAccumulator', options, rules);
    this.#options = plainOptions(options);
  }

  /**
   * Counts more rows.
   *
   * @param yTrue labels, 0/1, rows × classes
   * @param yScore probabilities of the same shape
   * @throws LabelShapeError, LabelValueError, ScoreValueError also for scores outside [0, 1], EmptyInputError
   */
  update(yTrue: MatrixInput, yScore: MatrixInput): this {
    const metric = 'CalibrationAccumulator.update';
    const { labels, bins = 15 } = this.#options;
    const { rows, columns, truth, scores, known } = checkInputs(metric, yTrue, yScore, this.#options);
    checkColumns(metric, this.#columns, columns);
    const outside = scores.findIndex((score) => score < 0 || score > 1);
    if (outside >= 0) {
      throw new ScoreValueError(
        `${metric}: expected probabilities in [0, 1]; received ${nameCell(scores, outside, columns, labels)}. Are these logits? Take the sigmoid first.`,
      );
    }
    this.#grow(columns, bins);
    for (let row = 0, index = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++, index++) {
        if (known?.[index] === 0) continue;
        const at = column * bins + uniformBin(scores[index]!, bins);
        this.#counts[at]!++;
        this.#positives[at]! += truth[index]!;
        addExactly(this.#sums[at]!, scores[index]!);
      }
    }
    return this;
  }

  /**
   * One entry a class.
   *
   * @throws EmptyInputError before the first update
   */
  result(): readonly ClassCalibration[] {
    if (this.#columns === undefined)
      throw new EmptyInputError(
        'CalibrationAccumulator.result: expected at least one update before; there was none.',
      );
    return Array.from({ length: this.#columns }, (_, column) => this.#ofClass(column));
  }

  reset(): this {
    this.#columns = undefined;
    this.#counts = new Float64Array(0);
    this.#positives = new Float64Array(0);
    this.#sums = [];
    return this;
  }

  /** @throws AccumulatorMergeError where options or columns differ */
  merge(other: CalibrationAccumulator): this {
    checkMergeable(
      'CalibrationAccumulator.merge',
      { options: this.#options, columns: this.#columns },
      { options: other.#options, columns: other.#columns },
    );
    if (other.#columns === undefined) return this;
    this.#grow(other.#columns, this.#options.bins ?? 15);
    // Copies, as the other may be this one.
    const sums = other.#sums.map((sum) => [...sum]);
    this.#counts = this.#counts.map((count, at) => count + other.#counts[at]!);
    this.#positives = this.#positives.map((count, at) => count + other.#positives[at]!);
    for (const [at, sum] of sums.entries()) for (const part of sum) addExactly(this.#sums[at]!, part);
    return this;
  }

  toJSON(): CalibrationState {
    return {
      kind: 'calibration',
      version: 1,
      options: this.#options,
      ...(this.#columns === undefined ? {} : { columns: this.#columns }),
      counts: Array.from(this.#counts),
      positives: Array.from(this.#positives),
      sums: this.#sums.map((sum) => [...sum]),
    };
  }

  /** @throws AccumulatorStateError where the state isn't one that `toJSON` made; UnknownOptionError, OptionValueError */
  static fromJSON(state: CalibrationState): CalibrationAccumulator {
    const metric = 'CalibrationAccumulator';
    const { options, columns, counts, positives, sums } = checkState(metric, state, 'calibration');
    const accumulator = new CalibrationAccumulator(options);
    const length = (columns ?? 0) * (options.bins ?? 15);
    accumulator.#columns = columns;
    accumulator.#counts = readCounts(metric, 'counts', counts, length);
    accumulator.#positives = readCounts(metric, 'positives', positives, length);
    if (sums?.length !== length || !sums.every((sum) => sum.every(Number.isFinite))) {
      throw new AccumulatorStateError(
        `${metric}.fromJSON: expected sums to be ${length} lists of finite numbers. Was the file cut or edited?`,
      );
    }
    accumulator.#sums = sums.map((sum) => [...sum]);
    return accumulator;
  }

  #grow(columns: number, bins: number): void {
    if (this.#columns !== undefined) return;
    this.#columns = columns;
    this.#counts = new Float64Array(columns * bins);
    this.#positives = new Float64Array(columns * bins);
    this.#sums = Array.from({ length: columns * bins }, () => []);
  }

  #ofClass(column: number): ClassCalibration {
    const { bins = 15 } = this.#options;
    const filled = Array.from({ length: bins }, (_, bin) => {
      const at = column * bins + bin;
      const count = this.#counts[at]!;
      return {
        lower: bin / bins,
        upper: (bin + 1) / bins,
        count,
        meanScore: roundExactly(this.#sums[at]!) / count,
        positiveShare: this.#positives[at]! / count,
      };
    });
    const gaps = filled
      .filter(({ count }) => count > 0)
      .map(({ count, meanScore, positiveShare }) => ({ count, gap: Math.abs(positiveShare - meanScore) }));
    const rows = gaps.reduce((sum, { count }) => sum + count, 0);
    return {
      bins: filled,
      expectedCalibrationError: gaps.reduce((sum, { count, gap }) => sum + count * gap, 0) / rows,
      maximumCalibrationError: gaps.reduce((largest, { gap }) => Math.max(largest, gap), 0),
    };
  }
}

import { AccumulatorStateError, EmptyInputError } from '../errors';
import { checkOptions } from '../input/check-options';
import { codingRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { CodingOptions } from '../options';
import { uniformBin, uniformEdges } from '../probabilities/bin-edges';
import { type BinnedScores, binScores, calibrationOfBins, emptyBins } from '../probabilities/binned-scores';
import { binsRule } from '../probabilities/calibrate-classes';
import { checkProbabilities } from '../probabilities/check-probabilities';
import type { ClassCalibration } from '../probabilities/class-calibration';
import { addExactly } from '../probabilities/exact-sum';
import type { Accumulator } from './accumulator';
import { checkColumns, checkMergeable } from './check-mergeable';
import { checkState, plainOptions, readCounts, type StateHead } from './check-state';

/** Options of {@link CalibrationAccumulator}. */
export interface CalibrationBinsOptions extends CodingOptions {
  /** Bins of equal width that divide [0, 1]. Default 15, as in Guo et al. 2017. */
  readonly bins?: number;
}

/** The JSON form of {@link CalibrationAccumulator}. */
export interface CalibrationState extends StateHead<'calibration'> {
  readonly options: CalibrationBinsOptions;
  /** Absent before the first update. */
  readonly columns?: number;
  /** The number of rows in each bin, bins of the first class first. */
  readonly counts: readonly number[];
  readonly positives: readonly number[];
  /** Exact sums of the scores of each bin, each as a few floats. */
  readonly sums: readonly (readonly number[])[];
}

const rules = { ...codingRules, bins: binsRule };

/**
 * Calibration bins of each class over data that comes in parts: what a reliability diagram shows, and its errors.
 *
 * A score p falls into the bin (k/B, (k+1)/B], 0 into the first (scikit-learn's `calibration_curve`, strategy `'uniform'`).
 * ECE = Σ_b n_b/n · |positives_b/n_b − mean score_b|, MCE the largest of the differences (Naeini et al. 2015; Guo et al. 2017).
 *
 * - Scores are summed without rounding, so the result doesn't depend on their order, not even in the last
 *   bit. Memory: a few numbers per bin and class, for any number of rows.
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
  #binned: BinnedScores = emptyBins(0, 0);

  constructor(options: CalibrationBinsOptions = {}) {
    checkOptions('CalibrationAccumulator', options, rules);
    this.#options = plainOptions(options);
  }

  get #bins(): number {
    return this.#options.bins ?? 15;
  }

  /**
   * Counts more rows.
   *
   * @param yTrue labels, 0/1, rows × classes
   * @param yProb probabilities of the same shape
   * @throws LabelShapeError, LabelValueError, ScoreValueError also for scores outside [0, 1], EmptyInputError
   */
  update(yTrue: MatrixInput, yProb: MatrixInput): this {
    const metric = 'CalibrationAccumulator.update';
    const inputs = checkProbabilities(metric, yTrue, yProb, this.#options);
    checkColumns(metric, this.#columns, inputs.columns);
    this.#grow(inputs.columns);
    const bins = this.#bins;
    binScores(inputs, this.#binned, bins, (score) => uniformBin(score, bins));
    return this;
  }

  /**
   * One entry per class, as {@link calibrationCurve} gives it.
   *
   * @throws EmptyInputError before the first update
   */
  result(): readonly ClassCalibration[] {
    if (this.#columns === undefined)
      throw new EmptyInputError(
        'CalibrationAccumulator.result: expected at least one update before; there was none.',
      );
    const edges = uniformEdges(this.#bins);
    return Array.from({ length: this.#columns }, (_, column) =>
      calibrationOfBins(this.#binned, column, edges),
    );
  }

  reset(): this {
    this.#columns = undefined;
    this.#binned = emptyBins(0, 0);
    return this;
  }

  /** @throws AccumulatorMergeError if options or columns differ */
  merge(other: CalibrationAccumulator): this {
    checkMergeable(
      'CalibrationAccumulator.merge',
      { options: this.#options, columns: this.#columns },
      { options: other.#options, columns: other.#columns },
    );
    if (other.#columns === undefined) return this;
    this.#grow(other.#columns);
    const [ours, theirs] = [this.#binned, other.#binned];
    // Copies, because `other` may be this accumulator.
    for (const [at, sum] of theirs.sums.map((parts) => [...parts]).entries()) {
      for (const part of sum) addExactly(ours.sums[at], part);
    }
    this.#binned = {
      counts: ours.counts.map((count, at) => count + theirs.counts[at]),
      positives: ours.positives.map((count, at) => count + theirs.positives[at]),
      sums: ours.sums,
    };
    return this;
  }

  toJSON(): CalibrationState {
    const { counts, positives, sums } = this.#binned;
    return {
      kind: 'calibration',
      version: 1,
      options: this.#options,
      ...(this.#columns === undefined ? {} : { columns: this.#columns }),
      counts: Array.from(counts),
      positives: Array.from(positives),
      sums: sums.map((sum) => [...sum]),
    };
  }

  /** @throws AccumulatorStateError if the state isn't one that `toJSON` made; UnknownOptionError, OptionValueError */
  static fromJSON(state: CalibrationState): CalibrationAccumulator {
    const metric = 'CalibrationAccumulator';
    const { options, columns, counts, positives, sums } = checkState(metric, state, 'calibration');
    const accumulator = new CalibrationAccumulator(options);
    const length = (columns ?? 0) * accumulator.#bins;
    accumulator.#columns = columns;
    const given: unknown = sums;
    const areSums =
      Array.isArray(given) && given.every((sum) => Array.isArray(sum) && sum.every(Number.isFinite));
    if (!areSums || given.length !== length) {
      throw new AccumulatorStateError(
        `${metric}.fromJSON: expected sums to be ${length} lists of finite numbers. Was the file cut or edited?`,
      );
    }
    accumulator.#binned = {
      counts: readCounts(metric, 'counts', counts, length),
      positives: readCounts(metric, 'positives', positives, length),
      sums: sums.map((sum) => [...sum]),
    };
    return accumulator;
  }

  #grow(columns: number): void {
    if (this.#columns !== undefined) return;
    this.#columns = columns;
    this.#binned = emptyBins(columns, this.#bins);
  }
}

import { averageRatio, poolCells } from '../decisions/average-ratio';
import type { ConfusionCounts } from '../decisions/confusion-counts';
import { countCells } from '../decisions/count-cells';
import type {
  FbetaOptions,
  PrecisionRecallFscoreSupport,
} from '../decisions/precision-recall-fscore-support';
import { fbeta, precision, recall } from '../decisions/ratio';
import { EmptyInputError } from '../errors';
import { checkDecisions } from '../input/check-decisions';
import { checkOptions } from '../input/check-options';
import { averageRules, codingRules, decisionRules, fbetaRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { ClassAverage, StreamingOptions, ThresholdOptions } from '../options';
import type { Accumulator } from './accumulator';
import { checkColumns, checkMergeable } from './check-mergeable';
import { checkState, plainOptions, readCounts, type StateHead } from './check-state';

/** The JSON form of {@link ConfusionCountsAccumulator}. */
export interface ConfusionCountsState extends StateHead<'confusion-counts'> {
  readonly options: StreamingOptions<ThresholdOptions>;
  /** Absent before the first update. */
  readonly columns?: number;
  readonly tp: readonly number[];
  readonly fp: readonly number[];
  readonly fn: readonly number[];
  readonly tn: readonly number[];
}

const CELLS = ['tp', 'fp', 'fn', 'tn'] as const;
type Counts = Readonly<Record<(typeof CELLS)[number], Float64Array>>;

/**
 * Options of {@link ConfusionCountsAccumulator.scores}: those of `precisionRecallFscoreSupport` that don't
 * affect the counts.
 */
export type CountedScoresOptions<A extends ClassAverage = ClassAverage> = Pick<
  FbetaOptions<A>,
  'average' | 'beta' | 'zeroDivision' | 'undefined'
>;

const scoresRules = {
  average: averageRules.average,
  beta: fbetaRules.beta,
  zeroDivision: fbetaRules.zeroDivision,
  undefined: fbetaRules.undefined,
};

/**
 * Confusion counts of each class over data that comes in parts.
 *
 * {@link confusionCounts} of all rows so far. Counts are integers, exact up to 2^53 rows in any order.
 * Memory: four numbers per class, for any number of rows.
 *
 * @throws UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { ConfusionCountsAccumulator } from '@thawjs/metrics';
 *
 * const one = new ConfusionCountsAccumulator({ threshold: 0.5 });
 * const other = new ConfusionCountsAccumulator({ threshold: 0.5 });
 * one.update([[1, 0], [0, 0]], [[0.9, 0.2], [0.5, 0.1]]);
 * other.update([[1, 1]], [[0.3, 0.7]]);
 * const all = ConfusionCountsAccumulator.fromJSON(JSON.parse(JSON.stringify(one))).merge(other);
 * const { tp, fp } = all.result();
 * console.log([...tp], [...fp]); // [ 1, 1 ] [ 1, 0 ]
 * console.log(all.scores({ average: 'micro' }).precision); // 0.6666666666666666
 * ```
 */
export class ConfusionCountsAccumulator implements Accumulator<ConfusionCounts, ConfusionCountsState> {
  readonly #options: StreamingOptions<ThresholdOptions>;
  #counts: Counts | undefined;

  constructor(options: StreamingOptions<ThresholdOptions> = {}) {
    checkOptions('ConfusionCountsAccumulator', options, { ...decisionRules, ...codingRules });
    this.#options = plainOptions(options);
  }

  /** The number of classes, which the first update determines. */
  get columns(): number | undefined {
    return this.#counts?.tp.length;
  }

  /**
   * Counts more rows.
   *
   * @param yTrue labels, 0/1, rows × classes
   * @param yScore scores of the same shape
   * @throws LabelShapeError, LabelValueError, ScoreValueError, EmptyInputError, OptionValueError
   */
  update(yTrue: MatrixInput, yScore: MatrixInput): this {
    const metric = 'ConfusionCountsAccumulator.update';
    const inputs = checkDecisions(metric, yTrue, yScore, this.#options);
    checkColumns(metric, this.columns, inputs.columns);
    this.#add(countCells(metric, inputs, this.#options));
    return this;
  }

  /** @throws EmptyInputError before the first update */
  result(): ConfusionCounts {
    const { tp, fp, fn, tn } = this.#counted('result');
    return {
      tp: Float64Array.from(tp),
      fp: Float64Array.from(fp),
      fn: Float64Array.from(fn),
      tn: Float64Array.from(tn),
    };
  }

  /**
   * Precision, recall, F-beta and support from the counts so far, as {@link precisionRecallFscoreSupport} gives them.
   *
   * @throws EmptyInputError before the first update; UnknownOptionError, OptionValueError
   */
  scores<A extends ClassAverage = 'none'>(
    options: CountedScoresOptions<A> = {},
  ): PrecisionRecallFscoreSupport<A> {
    checkOptions('ConfusionCountsAccumulator.scores', options, scoresRules);
    const { average = 'none' as A, beta = 1 } = options;
    const counts = this.#counted('scores');
    const support = (tp: number, _fp: number, fn: number) => tp + fn;
    return {
      precision: averageRatio(counts, precision, average, options),
      recall: averageRatio(counts, recall, average, options),
      fscore: averageRatio(counts, fbeta(beta), average, options),
      support:
        average === 'none'
          ? averageRatio(counts, support, average, {})
          : averageRatio(poolCells(counts), support, 'micro' as A, {}),
    };
  }

  reset(): this {
    this.#counts = undefined;
    return this;
  }

  /** @throws AccumulatorMergeError if options or columns differ */
  merge(other: ConfusionCountsAccumulator): this {
    checkMergeable(
      'ConfusionCountsAccumulator.merge',
      { options: this.#options, columns: this.columns },
      { options: other.#options, columns: other.columns },
    );
    if (other.#counts !== undefined) this.#add(other.#counts);
    return this;
  }

  toJSON(): ConfusionCountsState {
    const numbers = (cell: (typeof CELLS)[number]) => Array.from(this.#counts?.[cell] ?? []);
    return {
      kind: 'confusion-counts',
      version: 1,
      options: this.#options,
      ...(this.columns === undefined ? {} : { columns: this.columns }),
      tp: numbers('tp'),
      fp: numbers('fp'),
      fn: numbers('fn'),
      tn: numbers('tn'),
    };
  }

  /** @throws AccumulatorStateError if the state isn't one that `toJSON` made; UnknownOptionError, OptionValueError */
  static fromJSON(state: ConfusionCountsState): ConfusionCountsAccumulator {
    const metric = 'ConfusionCountsAccumulator';
    const { options, columns = 0, ...counts } = checkState(metric, state, 'confusion-counts');
    const accumulator = new ConfusionCountsAccumulator(options);
    const [tp, fp, fn, tn] = CELLS.map((cell) => readCounts(metric, cell, counts[cell], columns));
    if (columns > 0) accumulator.#counts = { tp: tp, fp: fp, fn: fn, tn: tn };
    return accumulator;
  }

  #counted(method: string): Counts {
    if (this.#counts !== undefined) return this.#counts;
    throw new EmptyInputError(
      `ConfusionCountsAccumulator.${method}: expected at least one update before; there was none.`,
    );
  }

  #add(more: Readonly<Record<(typeof CELLS)[number], ArrayLike<number>>>): void {
    const before = this.#counts;
    const sum = (cell: (typeof CELLS)[number]) =>
      Float64Array.from(more[cell], (count, column) => count + (before?.[cell][column] ?? 0));
    this.#counts = { tp: sum('tp'), fp: sum('fp'), fn: sum('fn'), tn: sum('tn') };
  }
}

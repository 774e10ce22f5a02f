import { AccumulatorStateError, EmptyInputError } from '../errors';
import { checkInputs } from '../input/check-inputs';
import { checkOptions } from '../input/check-options';
import { codingRules, kerasCurveRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { StreamingOptions } from '../options';
import type { KerasAucOptions } from '../ranking/keras/keras-auc';
import { meanArea } from '../ranking/keras/mean-area';
import { type ThresholdCounts, thresholdCounts } from '../ranking/keras/threshold-counts';
import type { Accumulator } from './accumulator';
import { checkColumns, checkMergeable } from './check-mergeable';
import { checkState, plainOptions, readCounts, type StateHead } from './check-state';

/** The JSON form of {@link KerasAucAccumulator}. */
export interface KerasAucState extends StateHead<'keras-auc'> {
  readonly options: StreamingOptions<KerasAucOptions>;
  /** Absent before the first update. */
  readonly columns?: number;
  /** Counts above each threshold: one list per class, or one for all pairs. */
  readonly groups: readonly {
    readonly truePositives: readonly number[];
    readonly falsePositives: readonly number[];
  }[];
}

/**
 * Keras' binned AUC over data that comes in parts: {@link kerasAuc} of all rows so far.
 *
 * Memory: two numbers per threshold and class, for any number of rows. Counts are integers, exact up to 2^53
 * rows in any order; Keras' own float32 counts stop at 2^24.
 *
 * @throws UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { KerasAucAccumulator } from '@thawjs/metrics';
 *
 * const auc = new KerasAucAccumulator({ multiLabel: true });
 * auc.update([[0], [0]], [[0.001], [0.002]]);
 * auc.update([[1], [1]], [[0.003], [0.9]]);
 * console.log(auc.result()); // 0.75
 * ```
 */
export class KerasAucAccumulator implements Accumulator<number, KerasAucState> {
  readonly #options: StreamingOptions<KerasAucOptions>;
  #columns: number | undefined;
  #groups: readonly ThresholdCounts[] = [];

  constructor(options: StreamingOptions<KerasAucOptions> = {}) {
    checkOptions('KerasAucAccumulator', options, { ...kerasCurveRules, ...codingRules });
    this.#options = plainOptions(options);
  }

  /**
   * Counts more rows.
   *
   * @param yTrue labels, 0/1, rows × classes
   * @param yScore probabilities of the same shape
   * @throws LabelShapeError, LabelValueError, ScoreValueError, EmptyInputError
   */
  update(yTrue: MatrixInput, yScore: MatrixInput): this {
    const metric = 'KerasAucAccumulator.update';
    const { numThresholds = 200, multiLabel = false } = this.#options;
    const inputs = checkInputs(metric, yTrue, yScore, this.#options);
    this.#columns = checkColumns(metric, this.#columns, inputs.columns);
    this.#add(thresholdCounts(inputs, numThresholds, multiLabel));
    return this;
  }

  /** @throws EmptyInputError before the first update */
  result(): number {
    if (this.#groups.length === 0)
      throw new EmptyInputError(
        'KerasAucAccumulator.result: expected at least one update before; there was none.',
      );
    return meanArea(this.#groups, this.#options);
  }

  reset(): this {
    this.#columns = undefined;
    this.#groups = [];
    return this;
  }

  /** @throws AccumulatorMergeError if options or columns differ */
  merge(other: KerasAucAccumulator): this {
    checkMergeable(
      'KerasAucAccumulator.merge',
      { options: this.#options, columns: this.#columns },
      { options: other.#options, columns: other.#columns },
    );
    this.#columns ??= other.#columns;
    this.#add(other.#groups);
    return this;
  }

  toJSON(): KerasAucState {
    return {
      kind: 'keras-auc',
      version: 1,
      options: this.#options,
      ...(this.#columns === undefined ? {} : { columns: this.#columns }),
      groups: this.#groups.map(({ truePositives, falsePositives }) => ({
        truePositives: Array.from(truePositives),
        falsePositives: Array.from(falsePositives),
      })),
    };
  }

  /** @throws AccumulatorStateError if the state isn't one that `toJSON` made; UnknownOptionError, OptionValueError */
  static fromJSON(state: KerasAucState): KerasAucAccumulator {
    const metric = 'KerasAucAccumulator';
    const { options, columns, groups } = checkState(metric, state, 'keras-auc');
    const accumulator = new KerasAucAccumulator(options);
    const { numThresholds = 200, multiLabel = false } = options;
    const expected = columns === undefined ? 0 : multiLabel ? columns : 1;
    // The given number of columns may be any number; memory is used only for the groups that exist.
    if (expected > 0 && groups?.length !== expected) {
      throw new AccumulatorStateError(
        `${metric}.fromJSON: expected ${expected} groups; received ${groups?.length ?? 'none'}. Was the file cut or edited?`,
      );
    }
    accumulator.#columns = columns;
    accumulator.#groups = Array.from({ length: expected }, (_, group) => ({
      truePositives: readCounts(
        metric,
        `truePositives of group ${group}`,
        groups?.[group]?.truePositives,
        numThresholds,
      ),
      falsePositives: readCounts(
        metric,
        `falsePositives of group ${group}`,
        groups?.[group]?.falsePositives,
        numThresholds,
      ),
    }));
    return accumulator;
  }

  #add(more: readonly ThresholdCounts[]): void {
    const before = this.#groups;
    const sum = (group: number, key: keyof ThresholdCounts) =>
      more[group][key].map((count, at) => count + (before[group]?.[key][at] ?? 0));
    if (more.length > 0)
      this.#groups = more.map((_, group) => ({
        truePositives: sum(group, 'truePositives'),
        falsePositives: sum(group, 'falsePositives'),
      }));
  }
}

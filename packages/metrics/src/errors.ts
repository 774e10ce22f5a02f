import { ThawError } from '@thawjs/errors';

/**
 * Labels and scores whose shapes don't fit each other, or that have no readable shape at all.
 *
 * @example
 * ```ts
 * import { LabelShapeError, rocAucScore } from '@thawjs/metrics';
 *
 * try {
 *   rocAucScore([[0, 1], [1, 0]], [[0.2], [0.9]]);
 * } catch (error) {
 *   console.log(error instanceof LabelShapeError && error.code); // ERR_LABEL_SHAPE
 * }
 * ```
 */
export class LabelShapeError extends ThawError {
  override readonly name = 'LabelShapeError';
  readonly code = 'ERR_LABEL_SHAPE';
}

/**
 * A label other than 0 and 1; the message names the first offending row and column.
 *
 * @example
 * ```ts
 * import { hammingLoss, LabelValueError } from '@thawjs/metrics';
 *
 * try {
 *   hammingLoss([0, 2], [0.1, 0.9]);
 * } catch (error) {
 *   console.log(error instanceof LabelValueError && error.code); // ERR_LABEL_VALUE
 * }
 * ```
 */
export class LabelValueError extends ThawError {
  override readonly name = 'LabelValueError';
  readonly code = 'ERR_LABEL_VALUE';
}

/**
 * A score that is NaN, infinite or no number, or that is outside [0, 1] while the default threshold of 0.5 is
 * used. The message names the first offending row and column.
 *
 * @example
 * ```ts
 * import { rocAucScore, ScoreValueError } from '@thawjs/metrics';
 *
 * try {
 *   rocAucScore([0, 1], [0.1, Number.NaN]);
 * } catch (error) {
 *   console.log(error instanceof ScoreValueError && error.code); // ERR_SCORE_VALUE
 * }
 * ```
 */
export class ScoreValueError extends ThawError {
  override readonly name = 'ScoreValueError';
  readonly code = 'ERR_SCORE_VALUE';
}

/**
 * Sample weights that are negative, infinite or NaN, or all 0; the message names the first offending row.
 *
 * @example
 * ```ts
 * import { f1Score, SampleWeightError } from '@thawjs/metrics';
 *
 * try {
 *   f1Score([0, 1], [0.1, 0.9], { sampleWeight: [1, -1] });
 * } catch (error) {
 *   console.log(error instanceof SampleWeightError && error.code); // ERR_SAMPLE_WEIGHT
 * }
 * ```
 */
export class SampleWeightError extends ThawError {
  override readonly name = 'SampleWeightError';
  readonly code = 'ERR_SAMPLE_WEIGHT';
}

/**
 * Labels and scores without a single row or column.
 *
 * @example
 * ```ts
 * import { accuracyScore, EmptyInputError } from '@thawjs/metrics';
 *
 * try {
 *   accuracyScore([], []);
 * } catch (error) {
 *   console.log(error instanceof EmptyInputError && error.code); // ERR_EMPTY_INPUT
 * }
 * ```
 */
export class EmptyInputError extends ThawError {
  override readonly name = 'EmptyInputError';
  readonly code = 'ERR_EMPTY_INPUT';
}

/**
 * An option that the function doesn't have, or a choice that the option doesn't offer.
 *
 * @example
 * ```ts
 * import { f1Score, UnknownOptionError } from '@thawjs/metrics';
 *
 * try {
 *   f1Score([0, 1], [0.1, 0.9], { avrage: 'micro' } as object);
 * } catch (error) {
 *   console.log(error instanceof UnknownOptionError && error.code); // ERR_UNKNOWN_OPTION
 * }
 * ```
 */
export class UnknownOptionError extends ThawError {
  override readonly name = 'UnknownOptionError';
  readonly code = 'ERR_UNKNOWN_OPTION';
}

/**
 * A known option with a value out of its range, such as a threshold that is NaN.
 *
 * @example
 * ```ts
 * import { kerasAuc, OptionValueError } from '@thawjs/metrics';
 *
 * try {
 *   kerasAuc([0, 1], [0.1, 0.9], { numThresholds: 1 });
 * } catch (error) {
 *   console.log(error instanceof OptionValueError && error.code); // ERR_OPTION_VALUE
 * }
 * ```
 */
export class OptionValueError extends ThawError {
  override readonly name = 'OptionValueError';
  readonly code = 'ERR_OPTION_VALUE';
}

/**
 * Accumulators that can't be merged, because their options or columns differ.
 *
 * @example
 * ```ts
 * import { AccumulatorMergeError, ConfusionCountsAccumulator } from '@thawjs/metrics';
 *
 * try {
 *   new ConfusionCountsAccumulator().merge(new ConfusionCountsAccumulator({ threshold: 0.3 }));
 * } catch (error) {
 *   console.log(error instanceof AccumulatorMergeError && error.code); // ERR_ACCUMULATOR_MERGE
 * }
 * ```
 */
export class AccumulatorMergeError extends ThawError {
  override readonly name = 'AccumulatorMergeError';
  readonly code = 'ERR_ACCUMULATOR_MERGE';
}

/**
 * A state that the accumulator's `toJSON` can't have made: of another class, cut off or edited.
 *
 * @example
 * ```ts
 * import { AccumulatorStateError, ConfusionCountsAccumulator, type ConfusionCountsState } from '@thawjs/metrics';
 *
 * try {
 *   ConfusionCountsAccumulator.fromJSON(JSON.parse('{}') as ConfusionCountsState);
 * } catch (error) {
 *   console.log(error instanceof AccumulatorStateError && error.code); // ERR_ACCUMULATOR_STATE
 * }
 * ```
 */
export class AccumulatorStateError extends ThawError {
  override readonly name = 'AccumulatorStateError';
  readonly code = 'ERR_ACCUMULATOR_STATE';
}

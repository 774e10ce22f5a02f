import { AccumulatorStateError, EmptyInputError } from '../errors';
import { type CheckedInputs, checkInputs } from '../input/check-inputs';
import { checkOptions } from '../input/check-options';
import { codingRules, rocAreaRules } from '../input/option-rules';
import type { MatrixInput } from '../matrix-input';
import type { Average, Averaged, StreamingOptions } from '../options';
import { type RocAucOptions, rocAucScore } from '../ranking/roc-auc-score';
import type { Accumulator } from './accumulator';
import { fromBase64, toBase64 } from './base64';
import { checkColumns, checkMergeable } from './check-mergeable';
import { checkState, plainOptions, type StateHead } from './check-state';

/** The JSON form of {@link RocAucAccumulator}. */
export interface RocAucState<A extends Average = Average> extends StateHead<'roc-auc'> {
  readonly options: StreamingOptions<RocAucOptions<A>>;
  /** Absent before the first update. */
  readonly columns?: number;
  readonly dtype: 'float32' | 'float64';
  /** Bytes 0 and 1, and 2 for an unknown label; row-major, base64. */
  readonly truth: string;
  /** Little-endian floats, row-major, base64. */
  readonly scores: string;
}

/** The stored value of an unknown label. */
const UNKNOWN = 2;

interface Rows {
  /** 0, 1 or {@link UNKNOWN}. */
  readonly truth: Uint8Array;
  readonly scores: Float32Array | Float64Array;
}

/**
 * The exact area under the ROC curve over data that comes in parts: {@link rocAucScore} of all rows so far.
 *
 * An exact AUC needs all scores, so they are kept: 5 bytes per row and class for `Float32Array` scores, 9 for
 * others. {@link KerasAucAccumulator} keeps only two numbers per threshold, and approximates the area by
 * bins.
 *
 * @throws UnknownOptionError, OptionValueError
 *
 * @example
 * ```ts
 * import { RocAucAccumulator } from '@thawjs/metrics';
 *
 * const one = new RocAucAccumulator().update([0, 0], Float32Array.of(0.1, 0.4));
 * const other = new RocAucAccumulator().update([1, 1], Float32Array.of(0.35, 0.8));
 * console.log(one.merge(RocAucAccumulator.fromJSON(JSON.parse(JSON.stringify(other)))).result()); // 0.75
 * ```
 */
export class RocAucAccumulator<A extends Average = 'macro'>
  implements Accumulator<Averaged<A>, RocAucState<A>>
{
  readonly #options: StreamingOptions<RocAucOptions<A>>;
  #columns: number | undefined;
  #parts: Rows[] = [];

  constructor(options: StreamingOptions<RocAucOptions<A>> = {}) {
    checkOptions('RocAucAccumulator', options, { ...rocAreaRules, ...codingRules });
    this.#options = plainOptions(options);
  }

  /**
   * Stores copies of more rows.
   *
   * @param yTrue labels, 0/1, rows × classes
   * @param yScore scores of the same shape
   * @throws LabelShapeError, LabelValueError, ScoreValueError, EmptyInputError
   */
  update(yTrue: MatrixInput, yScore: MatrixInput): this {
    const metric = 'RocAucAccumulator.update';
    const inputs = checkInputs(metric, yTrue, yScore, this.#options);
    this.#columns = checkColumns(metric, this.#columns, inputs.columns);
    this.#keep(inputs);
    return this;
  }

  /** @throws EmptyInputError before the first update */
  result(): Averaged<A> {
    if (this.#parts.length === 0)
      throw new EmptyInputError(
        'RocAucAccumulator.result: expected at least one update before; there was none.',
      );
    const { truth, scores } = this.#joined();
    const shape = [truth.length / this.#columns!, this.#columns!];
    const { coding: _, ignoreValue, ...options } = this.#options;
    return rocAucScore(
      { data: truth, shape },
      { data: scores, shape },
      ignoreValue === undefined ? options : { ...options, ignoreValue: UNKNOWN },
    );
  }

  reset(): this {
    this.#columns = undefined;
    this.#parts = [];
    return this;
  }

  /** @throws AccumulatorMergeError if options or columns differ */
  merge(other: RocAucAccumulator<A>): this {
    checkMergeable(
      'RocAucAccumulator.merge',
      { options: this.#options, columns: this.#columns },
      { options: other.#options, columns: other.#columns },
    );
    this.#columns ??= other.#columns;
    this.#parts = this.#parts.concat(other.#parts);
    return this;
  }

  toJSON(): RocAucState<A> {
    const { truth, scores } = this.#joined();
    return {
      kind: 'roc-auc',
      version: 1,
      options: this.#options,
      ...(this.#columns === undefined ? {} : { columns: this.#columns }),
      dtype: scores instanceof Float32Array ? 'float32' : 'float64',
      truth: toBase64(truth),
      scores: toBase64(scores),
    };
  }

  /** @throws AccumulatorStateError if the state isn't one that `toJSON` made; UnknownOptionError, OptionValueError, LabelValueError, ScoreValueError */
  static fromJSON<A extends Average>(state: RocAucState<A>): RocAucAccumulator<A> {
    const { options, columns, dtype } = checkState('RocAucAccumulator', state, 'roc-auc');
    const accumulator = new RocAucAccumulator(options);
    if (columns === undefined) return accumulator;
    const truth = fromBase64('RocAucAccumulator', 'truth', state.truth);
    const bytes = fromBase64('RocAucAccumulator', 'scores', state.scores);
    if (bytes.length !== truth.length * (dtype === 'float32' ? 4 : 8) || truth.length % columns !== 0) {
      throw new AccumulatorStateError(
        `RocAucAccumulator.fromJSON: expected a ${dtype} score for each of ${truth.length} labels, in ${columns} columns; received ${bytes.length} bytes of scores. Was the file cut?`,
      );
    }
    const scores = dtype === 'float32' ? new Float32Array(bytes.buffer) : new Float64Array(bytes.buffer);
    const shape = [truth.length / columns, columns];
    const known = { labels: options.labels, ignoreValue: UNKNOWN };
    accumulator.#columns = columns;
    accumulator.#keep(
      checkInputs('RocAucAccumulator.fromJSON', { data: truth, shape }, { data: scores, shape }, known),
    );
    return accumulator;
  }

  #keep({ truth, scores, known }: CheckedInputs): void {
    const labels =
      known === undefined ? truth.slice() : truth.map((label, at) => (known[at] === 1 ? label : UNKNOWN));
    this.#parts.push({ truth: labels, scores: scores.slice() });
  }

  /** All rows in one piece, with 64-bit scores if any part has them; this changes no order. */
  #joined(): Rows {
    const length = this.#parts.reduce((sum, { truth }) => sum + truth.length, 0);
    const single = this.#parts.every(({ scores }) => scores instanceof Float32Array);
    const truth = new Uint8Array(length);
    const scores = single ? new Float32Array(length) : new Float64Array(length);
    let at = 0;
    for (const part of this.#parts) {
      truth.set(part.truth, at);
      scores.set(part.scores, at);
      at += part.truth.length;
    }
    return { truth, scores };
  }
}

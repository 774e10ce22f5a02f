import { ScoreValueError } from '../errors';
import { allFinite, allUnit, isUnit } from './all-finite';
import { nameCell } from './name-cell';

/** The allowed range of scores: any finite numbers, or numbers in [0, 1] apart from rounding. */
export type ScoreRange = 'finite' | 'unit';

/** What {@link checkScores} needs besides the scores. */
export interface ScoreContext {
  readonly columns: number;
  readonly labels?: readonly string[] | undefined;
  /** 1 where the label is known. The scores of other cells may have any value. */
  readonly known?: Uint8Array | undefined;
  readonly range?: ScoreRange;
}

/**
 * Scores as floats, finite wherever the label is known. A `Float32Array` or `Float64Array` is not copied,
 * unless it holds NaN or infinity where the label is unknown; such values become 0.
 */
export function checkScores(
  metric: string,
  data: ArrayLike<number>,
  { columns, labels, known, range = 'finite' }: ScoreContext,
): Float32Array | Float64Array {
  const typed = data instanceof Float32Array || data instanceof Float64Array;
  if (typed && (range === 'unit' ? allUnit(data) : allFinite(data))) return data;
  const isKnown = (index: number) => known === undefined || known[index] === 1;
  for (let index = 0; index < data.length; index++) {
    if (Number.isFinite(data[index]) || !isKnown(index)) continue;
    throw new ScoreValueError(
      `${metric}: expected finite scores; received ${nameCell(data, index, columns, labels)}. ` +
        'Did training diverge, or a logarithm meet 0?',
    );
  }
  for (let index = 0; range === 'unit' && index < data.length; index++) {
    if (isUnit(data[index]) || !isKnown(index)) continue;
    throw new ScoreValueError(
      `${metric}: expected scores in [0, 1], as no threshold was given and its default is 0.5; received ${nameCell(data, index, columns, labels)}. ` +
        'Are these logits? Take the sigmoid first, or say threshold: 0.',
    );
  }
  if (typed && allFinite(data)) return data;
  const finite = (value: number) => (Number.isFinite(value) ? value : 0);
  return data instanceof Float32Array ? data.map(finite) : Float64Array.from(data, finite);
}

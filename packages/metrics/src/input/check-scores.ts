import { ScoreValueError } from '../errors';
import { allFinite, allUnit, isUnit } from './all-finite';
import { nameCell } from './name-cell';

/** What scores may be: any finite numbers, or numbers in [0, 1] but for rounding. */
export type ScoreRange = 'finite' | 'unit';

/** What {@link checkScores} knows beside the scores. */
export interface ScoreContext {
  readonly columns: number;
  readonly labels?: readonly string[] | undefined;
  /** 1 where the label is known: scores of other cells may be anything. */
  readonly known?: Uint8Array | undefined;
  readonly range?: ScoreRange;
}

/**
 * Scores as floats, finite wherever the label is known; a `Float32Array` or `Float64Array` passes uncopied, unless it holds
 * NaN or infinity where the label is unknown, which become 0.
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

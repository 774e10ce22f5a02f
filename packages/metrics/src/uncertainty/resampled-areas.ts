import { fillUndefined } from '../averaging/fill-undefined';
import { meanOf } from '../averaging/mean-of';
import type { CheckedInputs } from '../input/check-inputs';
import type { ClassAverage, UndefinedPolicy } from '../options';
import { poolPairs } from '../ranking/pool-pairs';
import { type RankedColumn, rankColumn } from './ranked-column';
import type { RowDrawer } from './row-drawer';

/** An area under a curve of any resample, from how often each row was drawn: what sorting there is, is done once. */
export interface ResampledArea {
  /** A column's rows as steps, in the order that `measure` walks. */
  readonly plan: (ranked: RankedColumn) => Uint32Array;
  readonly measure: (
    steps: Uint32Array,
    counts: Uint16Array,
  ) => { readonly value: number; readonly positives: number };
}

/** Resamples whose counts are held at once: few enough for the second cache. */
const BLOCK = 16;

/** The area of each class, or its average, of each resample, resample by resample. */
export function resampledAreas(
  inputs: CheckedInputs,
  area: ResampledArea,
  average: ClassAverage,
  policy: UndefinedPolicy,
  resamples: number,
  draw: RowDrawer,
): Float64Array {
  const pooled = average === 'micro' ? poolPairs(inputs) : inputs;
  const perRow = average === 'micro' ? inputs.columns : 1;
  const { columns } = pooled;
  const plans = Array.from({ length: columns }, (_, column) => area.plan(rankColumn(pooled, column, perRow)));
  const values = new Float64Array(resamples * columns);
  const support = new Float64Array(resamples * columns);
  const blocks = Array.from({ length: Math.min(BLOCK, resamples) }, () => new Uint16Array(inputs.rows));
  for (let first = 0; first < resamples; first += BLOCK) {
    const drawn = blocks.slice(0, resamples - first);
    for (const counts of drawn) draw(counts);
    for (const [column, steps] of plans.entries()) {
      for (const [at, counts] of drawn.entries()) {
        const { value, positives } = area.measure(steps, counts);
        values[(first + at) * columns + column] = value;
        support[(first + at) * columns + column] = positives;
      }
    }
  }
  if (average === 'none') return values.map((value) => fillUndefined(value, policy));
  return Float64Array.from({ length: resamples }, (_, resample) => {
    const part = (all: Float64Array) => all.subarray(resample * columns, (resample + 1) * columns);
    return meanOf(part(values), policy, average === 'weighted' ? part(support) : undefined);
  });
}

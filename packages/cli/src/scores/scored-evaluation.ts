import type { Evaluation } from '@thawjs/core';
import { evaluateScores } from '@thawjs/metrics';
import type { EvaluateFlags } from '../commands/evaluate';

/** Images with their labels and scores, all `[images, labels]`, row-major. */
export interface ScoredImages {
  readonly ids: readonly string[];
  readonly labels: readonly string[];
  readonly y: Uint8Array;
  readonly known?: Uint8Array | undefined;
  readonly scores: Float32Array;
}

/** The metrics that `evaluate` gives for the same scores. */
export function scoredEvaluation(
  { ids, labels, y, known, scores }: ScoredImages,
  {
    threshold,
    intervals = false,
  }: Pick<EvaluateFlags, 'intervals'> & { threshold: number | readonly number[] },
): Evaluation {
  const shape = [ids.length, labels.length] as const;
  const evaluation = evaluateScores(
    { data: y, shape },
    { data: scores, shape },
    {
      labels,
      threshold: typeof threshold === 'number' ? threshold : [...threshold],
      intervals,
      ...(known && { mask: { data: known, shape } }),
    },
  );
  return Object.assign(evaluation, { ids: [...ids] });
}

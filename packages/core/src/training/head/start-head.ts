import type { Classifier } from '../../classifier/classifier';
import { linearHead } from '../../classifier/linear-head';
import type { LabelledFeatures } from '../../features/keep-features';
import type { ResolvedPhase } from '../resolve-phase';
import { baseRates } from './base-rates';
import { crossValidatedHead, type HeadTargets } from './cross-validated-head';
import { designMatrix } from './design-matrix';

/** The initial head of a phase that trains only the head. */
export type HeadStart = 'weights' | 'base-rates' | 'logistic-regression';

export const HEAD_STARTS: readonly HeadStart[] = ['weights', 'base-rates', 'logistic-regression'];

/**
 * Sets the head's weights to where the phase starts.
 *
 * @param features the kept features that are the head's input, one element per view; undefined if they aren't kept.
 * @returns a sentence for `onNote`; undefined if the weights stay as they are.
 */
export async function startHead(
  classifier: Classifier,
  features: readonly LabelledFeatures[] | undefined,
  { headStart, train, sampleWeights, seed, signal }: ResolvedPhase,
): Promise<string | undefined> {
  const head = linearHead(classifier);
  if (headStart === 'weights' || !head) return undefined;
  if (!features || !fitsHead(classifier, features, { headStart })) {
    head.startAt(Array.from(baseRates(train), (rate) => Math.log(rate / (1 - rate))));
    if (headStart === 'base-rates') return undefined;
    return 'the head starts from the base rates: it is fitted exactly only if the features of the whole backbone are kept.';
  }
  const matrix = designMatrix(features, await head.scale());
  try {
    const targets = targetsOf(features, train.labels.length, sampleWeights);
    const { coefficients, strengths, folds } = await crossValidatedHead(matrix, targets, { seed, signal });
    head.assign(coefficients);
    const [least, most] = [Math.min(...strengths), Math.max(...strengths)].map((value) =>
      value.toPrecision(2),
    );
    const how = folds > 1 ? `${folds}-fold cross-validation` : 'a held-out fifth of the images';
    return `the head starts from a logistic regression on the kept features; L2 per label from ${least} to ${most}, by ${how}.`;
  } finally {
    matrix.dispose();
  }
}

/** Whether the first epoch of a phase fits the head, rather than training it step by step. */
export function fitsHead(
  classifier: Classifier,
  features: readonly LabelledFeatures[] | undefined,
  { headStart }: Pick<ResolvedPhase, 'headStart'>,
): boolean {
  return (
    headStart === 'logistic-regression' && features !== undefined && linearHead(classifier) !== undefined
  );
}

function targetsOf(
  views: readonly LabelledFeatures[],
  labels: number,
  sampleWeights: ArrayLike<number> | undefined,
): HeadTargets {
  const cells = views[0].length * labels;
  const y = new Float32Array(views.length * cells);
  const weights = new Float32Array(views.length * cells).fill(1);
  for (const [v, view] of views.entries()) {
    for (let at = 0; at < cells; at++) {
      const known = view.known?.[at] !== 0;
      // A batch may have any number for a label that isn't known, NaN too.
      y[v * cells + at] = known ? view.y[at] : 0;
      const row = Math.floor(at / labels);
      weights[v * cells + at] = known ? weightAt(sampleWeights, row, at, view.length) : 0;
    }
  }
  return { y, weights, labels };
}

/** The factor of the loss for a row and label. */
function weightAt(
  sampleWeights: ArrayLike<number> | undefined,
  row: number,
  at: number,
  rows: number,
): number {
  if (!sampleWeights) return 1;
  return sampleWeights[sampleWeights.length === rows ? row : at];
}

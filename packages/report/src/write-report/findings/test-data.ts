import type { Matrix, ScoreEvaluation } from '@thawjs/metrics';

/** The labels and probabilities of the test images, checked. */
export interface TestData {
  readonly labels: readonly string[];
  readonly rows: number;
  readonly columns: number;
  readonly yTrue: Matrix & { readonly data: Uint8Array };
  readonly yScore: Matrix & { readonly data: Float32Array | Float64Array };
  readonly mask?: Matrix & { readonly data: Uint8Array };
  /** One per class. */
  readonly thresholds: readonly number[];
}

/** The checked labels and probabilities of an evaluation. */
export function testData({ labels, rows, thresholds, yTrue, yScore, known }: ScoreEvaluation): TestData {
  return {
    labels,
    rows,
    columns: labels.length,
    yTrue,
    yScore,
    // Metrics compare in the precision of the scores, too.
    thresholds: yScore.data instanceof Float32Array ? thresholds.map(Math.fround) : thresholds,
    ...(known && { mask: known }),
  };
}

/** Whether the label of a cell is known. */
export function isKnown({ mask }: TestData, cell: number): boolean {
  return mask?.data[cell] !== 0;
}

/** Whether an image has the label; only for known cells. */
export function isTrue({ yTrue }: TestData, cell: number): boolean {
  return yTrue.data[cell] === 1;
}

/** Whether an image is predicted to have the label. */
export function isPredicted({ yScore, thresholds, columns }: TestData, cell: number): boolean {
  return yScore.data[cell] >= thresholds[cell % columns];
}

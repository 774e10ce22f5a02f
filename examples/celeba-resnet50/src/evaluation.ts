import type { Classifier, HistoryRow, MetricMatrix } from '@thawjs/core';
import type { ImageDataset } from '@thawjs/datasets';
import { type ClassificationReport, classificationReport, rocAucScore } from '@thawjs/metrics';

/** What a run measured, for its files and its report. */
export interface Evaluation {
  readonly probabilities: MetricMatrix<Float32Array>;
  readonly report: ClassificationReport;
  readonly history: readonly HistoryRow[];
  /** On the test set, after each phase that ran; classes without both kinds of label are left out. */
  readonly macroAuc: { readonly head?: number; readonly fineTune?: number };
  readonly seconds: Readonly<Record<string, number>>;
  readonly interrupted: boolean;
}

/** Exact macro ROC AUC on the test set, over the classes that have both kinds of label there. */
export async function testMacroAuc(model: Classifier, test: ImageDataset): Promise<number> {
  return macroAuc(test, await model.predict(test));
}

export function macroAuc({ y }: ImageDataset, probabilities: MetricMatrix<Float32Array>): number {
  return rocAucScore(y, probabilities, { average: 'macro', undefined: 'skip' });
}

/** Every number of every class; an undefined one is NaN and named. */
export function reportOn(
  { y, labels }: ImageDataset,
  probabilities: MetricMatrix<Float32Array>,
  thresholds: readonly number[],
): ClassificationReport {
  return classificationReport(y, probabilities, { labels, threshold: thresholds, undefined: 'skip' });
}

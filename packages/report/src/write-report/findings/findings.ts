import {
  type ClassCalibration,
  calibrationCurve,
  evaluateScores,
  type ScoreEvaluation,
} from '@thawjs/metrics';
import type { ReportEvaluation } from '../report-input';
import { type ConfusedLabels, confusedLabels } from './confused-labels';
import { type TestData, testData } from './test-data';
import { type ThresholdSweep, thresholdSweeps } from './threshold-sweep';
import { type WorstMistakes, worstMistakes } from './worst-mistakes';

/** All results on the test images that a report shows, computed once. */
export interface Findings {
  readonly data: TestData;
  readonly evaluation: ScoreEvaluation;
  /** The intervals of the macro averages: those given, else by bootstrap. */
  readonly intervals: ReportEvaluation['intervals'];
  readonly sweeps: readonly ThresholdSweep[];
  readonly calibrations: readonly ClassCalibration[];
  readonly confused: readonly ConfusedLabels[];
  readonly mistakes: WorstMistakes;
}

/** The number of mistakes to show of each kind, wrongly predicted and missed. */
const MISTAKES = 8;
/** The number of cells of all resamples together, which take some seconds of work. */
const RESAMPLED_CELLS = 5e7;

/**
 * Computes the findings from labels and probabilities.
 *
 * @throws the errors of `evaluateScores` if labels and probabilities don't fit each other
 */
export function findingsOf(given: ReportEvaluation): Findings {
  const { labels, yTrue, yScore, known, thresholds = 0.5, intervals } = given;
  const options = { labels, threshold: thresholds, ...(known && { mask: known }) };
  const resamples = Math.min(1000, Math.max(100, Math.floor(RESAMPLED_CELLS / cellsOf(given))));
  const evaluation = evaluateScores(yTrue, yScore, {
    ...options,
    // The intervals of classes have closed formulas. Given intervals replace those of the averages.
    intervals: intervals ? { resamples: 2, confidence: intervals.confidence } : { resamples },
  });
  const data = testData(evaluation);
  const mask = data.mask && { mask: data.mask };
  return {
    data,
    evaluation,
    intervals: intervals ?? evaluation.intervals,
    sweeps: thresholdSweeps(data),
    calibrations: calibrationCurve(data.yTrue, data.yScore, { ...mask }),
    confused: confusedLabels(data),
    mistakes: worstMistakes(data, MISTAKES),
  };
}

/** At least the number of labels to compare. */
function cellsOf({ labels, yScore }: ReportEvaluation): number {
  const rows = 'shape' in yScore ? yScore.shape[0] : yScore.length;
  return Math.max(1, rows * labels.length);
}

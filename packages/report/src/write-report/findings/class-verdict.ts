import type { ClassEvaluation } from '@thawjs/metrics';
import { printCount, printNumber, printThreshold } from '../page/print-number';
import type { ConfusedLabels } from './confused-labels';
import type { ThresholdSweep } from './threshold-sweep';

/** With fewer positives, the metrics of a class are uncertain. */
const FEW = 20;
/** The least gain of F1 for which a better threshold is mentioned. */
const GAIN = 0.1;

/** The reasons for the metrics of a class, the most important first. A class with good metrics has none. */
export function classVerdict(
  metrics: ClassEvaluation,
  column: number,
  sweep: ThresholdSweep,
  confused: readonly ConfusedLabels[],
  labels: readonly string[],
): string[] {
  const { support, known, predicted, auc, f1, intervals } = metrics;
  const { points, shown } = sweep;
  if (known === 0) return ['The label is known of no test image, so nothing can be said about it.'];
  if (support === 0) return ['No test image has the label, so nothing can be said about finding it.'];
  const reasons: string[] = [];
  const highest = points.findLastIndex(({ tp, fp }) => tp + fp > 0);
  if (predicted === 0) {
    reasons.push(
      `It is never predicted: its threshold ${printThreshold(shown[sweep.at])} is above its highest probability, ${printThreshold(shown[highest])}.`,
    );
  }
  if (support < FEW) {
    const range =
      intervals && predicted > 0
        ? ` (F1 between ${printNumber(intervals.f1.low)} and ${printNumber(intervals.f1.high)})`
        : '';
    reasons.push(
      `Only ${printCount(support, 'test image has', 'test images have')} it, so its numbers are uncertain${range}.`,
    );
  }
  if (auc < 0.55)
    reasons.push(`Its probabilities order the images no better than chance does (AUC ${printNumber(auc)}).`);
  else if (auc < 0.75)
    reasons.push(`Its probabilities hardly tell images with it from others (AUC ${printNumber(auc)}).`);
  const best = points[sweep.best];
  const reachable = best ? (2 * best.tp) / (best.tp + best.fp + sweep.positives) : Number.NaN;
  if (reachable - f1 > GAIN) {
    reasons.push(
      `Its threshold isn't the best one: at ${printThreshold(shown[sweep.best])}, F1 would be ${printNumber(reachable)} on these images.`,
    );
  }
  if (predicted > 2 * support)
    reasons.push(
      `It is found too often: on ${printCount(predicted, 'image')}, where ${support.toLocaleString('en-US')} have it.`,
    );
  else if (predicted > 0 && predicted < support / 2) {
    reasons.push(
      `It is found too rarely: on ${printCount(predicted, 'image')}, where ${support.toLocaleString('en-US')} have it.`,
    );
  }
  const partner = confused.find(({ missed, found }) => missed === column || found === column);
  if (partner) reasons.push(confusion(partner, column, labels));
  return reasons;
}

function confusion(
  { missed, found, images }: ConfusedLabels,
  column: number,
  labels: readonly string[],
): string {
  return missed === column
    ? `On ${printCount(images, 'image')} it is missed and ${labels[found]} is wrongly found instead.`
    : `On ${printCount(images, 'image')} it is wrongly found and ${labels[missed]} is missed.`;
}

import { evaluateScores } from '@thawjs/metrics';
import { describe, expect, it } from 'vitest';
import { classVerdict } from '../../../src/write-report/findings/class-verdict';
import { confusedLabels } from '../../../src/write-report/findings/confused-labels';
import { testData } from '../../../src/write-report/findings/test-data';
import { thresholdSweeps } from '../../../src/write-report/findings/threshold-sweep';

/** The verdict on the first of the labels. */
function verdict(
  rows: readonly (readonly [label: number, probability: number])[],
  more: { known?: number; threshold?: number } = {},
) {
  const { known = 1, threshold = 0.5 } = more;
  const evaluation = evaluateScores(
    rows.map(([label]) => [label]),
    rows.map(([, probability]) => [probability]),
    { labels: ['Bald'], threshold, mask: rows.map(() => [known]), intervals: { resamples: 2 } },
  );
  const data = testData(evaluation);
  return classVerdict(
    evaluation.perClass[0],
    0,
    thresholdSweeps(data)[0],
    confusedLabels(data),
    data.labels,
  ).join(' ');
}
const rows = (count: number, label: number, probability: number) =>
  Array.from({ length: count }, () => [label, probability] as const);

describe('classVerdict', () => {
  it.each<[string, string, RegExp]>([
    [
      'never predicted, though well ordered',
      verdict([...rows(30, 1, 0.4), ...rows(70, 0, 0.1)]),
      /^It is never predicted: its threshold 0.5 is above its highest probability, 0.4\. Its threshold isn't the best one: at 0.4, F1 would be 1.000 on these images\.$/,
    ],
    [
      'rare',
      verdict([...rows(3, 1, 0.9), ...rows(97, 0, 0.1)]),
      /^Only 3 test images have it, so its numbers are uncertain \(F1 between 0\.\d+ and 1.000\)\.$/,
    ],
    ['of one positive', verdict([...rows(1, 1, 0.9), ...rows(9, 0, 0.1)]), /^Only 1 test image has it/],
    [
      'ordered by chance',
      verdict([...rows(25, 1, 0.6), ...rows(25, 1, 0.4), ...rows(25, 0, 0.6), ...rows(25, 0, 0.4)]),
      /order the images no better than chance does \(AUC 0\.500\)/,
    ],
    [
      'found too often',
      verdict([...rows(20, 1, 0.9), ...rows(80, 0, 0.6)]),
      /It is found too often: on 100 images, where 20 have it\./,
    ],
    [
      'found too rarely',
      verdict([...rows(5, 1, 0.9), ...rows(25, 1, 0.4), ...rows(70, 0, 0.1)]),
      /It is found too rarely: on 5 images, where 30 have it\./,
    ],
    ['without positives', verdict(rows(9, 0, 0.1)), /^No test image has the label, so nothing can be said/],
    ['unknown', verdict(rows(9, 0, 0.1), { known: 0 }), /^The label is known of no test image/],
    ['well', verdict([...rows(50, 1, 0.9), ...rows(50, 0, 0.1)]), /^$/],
  ])('says why, of a class that is %s', (_, said, expected) => {
    expect(said).toMatch(expected);
  });
});

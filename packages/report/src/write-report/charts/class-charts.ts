import type { ClassCalibration, ClassEvaluation } from '@thawjs/metrics';
import { escapeMarkup } from '../../escape-markup';
import type { ThresholdSweep } from '../findings/threshold-sweep';
import { printNumber } from '../page/print-number';
import { pathThrough, pixel, plotArea, unitFrame } from './unit-frame';

const { width, height, top, bottom } = plotArea;
const FRAMES = {
  roc: { x: 'false positive rate', y: 'recall' },
  precision: { x: 'recall', y: 'precision' },
  sweep: { x: 'threshold', y: 'value' },
  calibration: { x: 'probability', y: 'share that has it' },
} as const;

/** The axes that all charts of classes refer to, once per page. */
export function classChartFrames(): string {
  const frames = Object.entries(FRAMES).map(
    ([name, axes]) => `<g id="thaw-frame-${name}">${unitFrame(axes)}</g>`,
  );
  return `<div class="thaw-picture thaw-frames"><svg width="0" height="0" aria-hidden="true"><defs>${frames.join('\n')}</defs></svg></div>`;
}

/**
 * ROC curve, precision over recall, threshold sweep and calibration of a class. An undefined chart is
 * replaced by the reason.
 */
export function classCharts(
  metrics: ClassEvaluation,
  sweep: ThresholdSweep,
  calibration: ClassCalibration,
): string {
  return `<div class="thaw-plots">${[
    rocChart(metrics, sweep),
    precisionChart(metrics, sweep),
    sweepChart(metrics, sweep),
    calibrationChart(metrics, calibration),
  ].join('\n')}</div>`;
}

function rocChart(
  { label, auc }: ClassEvaluation,
  { points, positives, negatives, at }: ThresholdSweep,
): string {
  const caption = `ROC curve, AUC ${printNumber(auc)}`;
  if (positives === 0 || negatives === 0)
    return missing('ROC curve', positives === 0 ? NO_POSITIVES : NO_NEGATIVES);
  const place = ({ tp, fp }: (typeof points)[number]) => [fp / negatives, tp / positives] as const;
  return plot('roc', label, caption, [
    line('chance', [
      [0, 0],
      [1, 1],
    ]),
    line('main', [...points.map(place), [0, 0]]),
    dot('roc', ...place(points[at])),
  ]);
}

function precisionChart(
  { label, averagePrecision, baseRate }: ClassEvaluation,
  { points, positives, at }: ThresholdSweep,
): string {
  if (positives === 0) return missing('Precision over recall', NO_POSITIVES);
  const caption = `Precision over recall, average precision ${printNumber(averagePrecision)}`;
  const place = ({ tp, fp }: (typeof points)[number]) => [tp / positives, tp / (tp + fp)] as const;
  return plot('precision', label, caption, [
    line('chance', [
      [0, baseRate],
      [1, baseRate],
    ]),
    // Average precision is the area under these steps; straight lines between the points would promise more.
    line(
      'main',
      points.flatMap((point, index) => {
        const [recall, precision] = place(point);
        const next = points[index + 1];
        return [[recall, precision] as const, [next ? next.tp / positives : 0, precision] as const];
      }),
    ),
    dot('precision', ...place(points[at])),
  ]);
}

function sweepChart({ label }: ClassEvaluation, { points, positives, at }: ThresholdSweep): string {
  if (positives === 0) return missing('Threshold sweep', NO_POSITIVES);
  // Predictions change only where the threshold passes a probability.
  const of = (value: (tp: number, fp: number) => number) =>
    points.flatMap(({ threshold, tp, fp }, index) => [
      [points[index - 1]?.threshold ?? 0, value(tp, fp)] as const,
      [Math.min(threshold, 1), value(tp, fp)] as const,
    ]);
  const [x] = pixel(Math.min(points[at].threshold, 1), 0);
  return plot(
    'sweep',
    label,
    'Threshold sweep',
    [
      line(
        'precision',
        of((tp, fp) => tp / (tp + fp)),
      ),
      line(
        'recall',
        of((tp) => tp / positives),
      ),
      line(
        'f1',
        of((tp, fp) => (2 * tp) / (tp + fp + positives)),
      ),
      `<path class="thaw-cursor" data-marker="sweep" d="M0 ${top}V${bottom}" transform="translate(${x} 0)"/>`,
    ],
    '<span class="thaw-key"><i class="precision"></i>precision <i class="recall"></i>recall <i class="f1"></i>F1</span>',
  );
}

function calibrationChart(
  { label }: ClassEvaluation,
  { bins, expectedCalibrationError }: ClassCalibration,
): string {
  const filled = bins.filter(({ count }) => count > 0);
  if (filled.length === 0) return missing('Calibration', 'no image has a known label');
  const most = Math.max(...filled.map(({ count }) => count));
  const dots = filled.map(({ meanScore, positiveShare, count }) => {
    const [cx, cy] = pixel(meanScore, positiveShare);
    return `<circle class="thaw-bin" r="${(2.5 + 4 * Math.sqrt(count / most)).toFixed(1)}" cx="${cx}" cy="${cy}"/>`;
  });
  return plot('calibration', label, `Calibration, mean error ${printNumber(expectedCalibrationError)}`, [
    line('chance', [
      [0, 0],
      [1, 1],
    ]),
    line(
      'main',
      filled.map(({ meanScore, positiveShare }) => [meanScore, positiveShare]),
    ),
    ...dots,
  ]);
}

const NO_POSITIVES = 'no test image has the label';
const NO_NEGATIVES = 'every test image has the label';

function missing(name: string, why: string): string {
  return `<figure class="thaw-plot"><figcaption>${name}: undefined, as ${why}</figcaption></figure>`;
}

function plot(
  frame: keyof typeof FRAMES,
  label: string,
  caption: string,
  shapes: readonly string[],
  key = '',
): string {
  const name = escapeMarkup(`${label}: ${caption}`);
  return `<figure class="thaw-plot"><figcaption>${caption}${key}</figcaption><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${name}"><use href="#thaw-frame-${frame}"/>${shapes.join('')}</svg></figure>`;
}

function line(kind: string, points: readonly (readonly [number, number])[]): string {
  return `<path class="thaw-line ${kind}" d="${pathThrough(points)}"/>`;
}

function dot(marker: string, x: number, y: number): string {
  const [cx, cy] = pixel(x, Number.isNaN(y) ? 0 : y);
  return `<circle class="thaw-dot" data-marker="${marker}" r="5" cx="${cx}" cy="${cy}"${Number.isNaN(y) ? ' visibility="hidden"' : ''}/>`;
}

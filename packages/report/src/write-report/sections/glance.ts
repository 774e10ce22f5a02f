import type { ScoreEvaluation } from '@thawjs/metrics';
import { escapeMarkup } from '../../escape-markup';
import type { HtmlReportSection } from '../../html-report';
import type { Findings } from '../findings/findings';
import { classLink } from '../page/class-link';
import { printCount, printNumber, printShare, printThresholds } from '../page/print-number';

const TILES = [
  ['auc', 'Macro AUC', () => 'how well probabilities order the images'],
  ['averagePrecision', 'mAP', () => 'mean average precision'],
  ['f1', 'Macro F1', ({ thresholds }: ScoreEvaluation) => `at ${printThresholds(thresholds)}`],
] as const;

/** Of longer lists of classes, only the first names are shown. */
const NAMED = 15;

/**
 * The most important results: three metrics with intervals next to those of the base rates, and what is
 * wrong.
 */
export function glanceSection(findings: Findings): HtmlReportSection {
  const { evaluation, intervals } = findings;
  return {
    heading: 'At a glance',
    note: `${printCount(evaluation.rows, 'test image')}, ${printCount(evaluation.labels.length, 'label')}.${intervals ? ` ${methodOf(intervals)}` : ''} The mark across a bar is what the base rates alone reach: predictions that know how frequent a label is, and nothing about the image.`,
    html: [
      `<div class="thaw-tiles">${TILES.map(([metric, name, meaning]) => numberTile(findings, metric, name, meaning(findings.evaluation))).join('\n')}</div>`,
      ...warnings(findings),
    ].join('\n'),
  };
}

/** How the intervals were computed, and what they assume. */
function methodOf({ confidence, method, resamples }: NonNullable<Findings['intervals']>): string {
  const level = Number((100 * confidence).toPrecision(4));
  const of = resamples === undefined ? '' : `, ${printCount(resamples, 'resample')} of the images`;
  const how = method === undefined ? '' : ` (${method} bootstrap${of}; Efron 1979)`;
  return `Intervals hold with ${level} % confidence if the images are independent${how}.`;
}

function numberTile(
  { evaluation, intervals }: Findings,
  metric: (typeof TILES)[number][0],
  name: string,
  meaning: string,
): string {
  const value = evaluation.macro[metric];
  const base = evaluation.baseline[metric];
  const { low, high } = intervals?.macro[metric] ?? { low: Number.NaN, high: Number.NaN };
  if (Number.isNaN(value)) {
    return `<div class="thaw-tile"><h3>${name}</h3><p class="thaw-value">undefined</p><p>No label has both kinds of test image.</p></div>`;
  }
  const percent = (share: number) => `${(100 * Math.min(1, Math.max(0, share))).toFixed(1)}%`;
  const range = Number.isNaN(low) ? '' : `<i style="left:${percent(low)};width:${percent(high - low)}"></i>`;
  return [
    '<div class="thaw-tile">',
    `<h3>${name} <small>${meaning}</small></h3>`,
    `<p class="thaw-value">${printNumber(value)}</p>`,
    `<div class="thaw-bullet" aria-hidden="true"><u style="width:${percent(value)}"></u>${range}<b style="left:${percent(base)}"></b></div>`,
    rangeOf(low, high),
    `<p>base rates: ${printNumber(base)}${againstBase(value, low, base)}</p>`,
    '</div>',
  ].join('');
}

/** An interval in words. One without a width says nothing about other images, as a perfect order of few images. */
function rangeOf(low: number, high: number): string {
  if (Number.isNaN(low)) return '';
  return low === high
    ? '<p>every resample of the images gives this value, so there is no interval</p>'
    : `<p>between ${printNumber(low)} and ${printNumber(high)}</p>`;
}

/** A sentence about a metric that isn't clearly above the metric of the base rates. */
function againstBase(value: number, low: number, base: number): string {
  if (value <= base) return ' <strong>– no better</strong>';
  return low <= base ? ' <strong>– perhaps no better</strong>' : '';
}

function warnings({ evaluation, data }: Findings): string[] {
  const { perClass, labels } = evaluation;
  const columns = (is: (one: (typeof perClass)[number]) => boolean) =>
    perClass.flatMap((one, column) => (is(one) ? [column] : []));
  const silent = columns(({ support, predicted }) => support > 0 && predicted === 0);
  const worthless = columns(({ auc }) => auc <= 0.5);
  const absent = columns(({ support }) => support === 0);
  const unknown = data.mask ? data.mask.data.reduce((sum, known) => sum + (known === 0 ? 1 : 0), 0) : 0;
  const links = (of: readonly number[]) => {
    const shown = of.slice(0, NAMED).map((column) => classLink(column, labels));
    return `${shown.join(', ')}${of.length > NAMED ? ` and ${of.length - NAMED} more` : ''}`;
  };
  const told: string[] = [];
  if (silent.length > 0) {
    told.push(
      alert(
        `${silent.length} of ${printCount(labels.length, 'class', 'classes')} ${silent.length === 1 ? 'is' : 'are'} never predicted`,
        `${links(silent)}. No test image reaches the threshold. Fit thresholds on validation images, or see in the sweep of each class what a lower one gives.`,
      ),
    );
  }
  if (worthless.length > 0) {
    told.push(
      alert(
        `${printCount(worthless.length, 'class is', 'classes are')} ordered no better than by chance`,
        `${links(worthless)}. ${worthless.length === 1 ? 'Its' : 'Their'} AUC is ½ or less: the labels or the images may lack what is needed.`,
      ),
    );
  }
  const quiet: string[] = [];
  if (absent.length > 0)
    quiet.push(
      `No test image has ${links(absent)}: ${absent.length === 1 ? 'its' : 'their'} recall, AUC and average precision are undefined and left out of the averages.`,
    );
  if (unknown > 0)
    quiet.push(
      `${printShare(unknown / data.yTrue.data.length)} of the labels are unknown and count nowhere.`,
    );
  return [...told, ...quiet.map((text) => `<p class="thaw-note">${text}</p>`)];
}

function alert(title: string, html: string): string {
  return `<div class="thaw-alert" role="note"><h3>${escapeMarkup(title)}</h3><p>${html}</p></div>`;
}

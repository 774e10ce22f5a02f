import type { ClassEvaluation } from '@thawjs/metrics';
import { escapeMarkup, nameMarkup } from '../../escape-markup';
import type { HtmlReportSection } from '../../html-report';
import { classChartFrames, classCharts } from '../charts/class-charts';
import { plotArea } from '../charts/unit-frame';
import { classVerdict } from '../findings/class-verdict';
import type { Findings } from '../findings/findings';
import type { ThresholdSweep } from '../findings/threshold-sweep';
import { classExplorerScript } from '../page/class-explorer-script';
import { classId } from '../page/class-link';
import { printCount, printNumber, printThreshold } from '../page/print-number';

const OUTPUTS = [
  ['precision', 'Precision'],
  ['recall', 'Recall'],
  ['specificity', 'Specificity'],
  ['f1', 'F1'],
] as const;

/** One part per class, which opens: its curves, and a threshold to move. */
export function classExplorerSection({
  evaluation,
  sweeps,
  calibrations,
  confused,
}: Findings): HtmlReportSection {
  const { perClass, labels } = evaluation;
  const parts = perClass.map((metrics, column) => {
    const reasons = classVerdict(metrics, column, sweeps[column], confused, labels);
    return [
      summaryOf(metrics, column),
      '<div class="thaw-class-body">',
      reasons.length > 0
        ? `<ul>${reasons.map((reason) => `<li>${escapeMarkup(reason)}</li>`).join('')}</ul>`
        : '',
      thresholdControl(metrics, sweeps[column], column),
      classCharts(metrics, sweeps[column], calibrations[column]),
      '</div></details>',
    ].join('\n');
  });
  return {
    heading: 'Class by class',
    note: 'Open a class to see its curves and to move its threshold. The dot and the dashed line mark the threshold; the dashed grey lines are what chance reaches. Only open classes are printed.',
    html: [
      '<div class="thaw-explorer">',
      controls(labels.length),
      classChartFrames(),
      `<div class="thaw-class-list">${parts.join('\n')}</div>`,
      `<script type="application/json">${JSON.stringify({ plotArea, sweeps: sweeps.map(sweepData) })}</script>`,
      '</div>',
      `<script>${classExplorerScript}</script>`,
    ].join('\n'),
  };
}

function controls(count: number): string {
  return [
    '<form class="thaw-controls" hidden>',
    '<label>Find a class <input type="search" data-control="filter" autocomplete="off"></label>',
    '<label>Sort by <select data-control="sort"><option value="">the order of the labels</option><option value="name">name</option><option value="f1">F1, low first</option><option value="auc">AUC, low first</option><option value="ap">average precision, low first</option><option value="support">positives, few first</option></select></label>',
    '<label class="thaw-check"><input type="checkbox" data-control="silent"> never predicted only</label>',
    `<output aria-live="polite" data-control="count">${count} of ${count}</output>`,
    '</form>',
  ].join('');
}

function summaryOf(
  { label, f1, auc, averagePrecision, support, predicted }: ClassEvaluation,
  column: number,
): string {
  // Never to predict a label that no image has is right.
  const isSilent = predicted === 0 && support > 0;
  const data = { name: label, f1, auc, ap: averagePrecision, support, silent: isSilent ? 1 : 0 };
  const attributes = Object.entries(data)
    .map(([name, value]) => ` data-${name}="${Number.isNaN(value) ? '' : escapeMarkup(String(value))}"`)
    .join('');
  const badge = isSilent ? '<em class="thaw-badge">never predicted</em>' : '';
  return `<details class="thaw-class" id="${classId(column)}"${attributes}><summary><strong>${nameMarkup(label)}</strong>${badge}<span>F1 ${printNumber(f1)}</span><span>AUC ${printNumber(auc)}</span><span>${printCount(support, 'positive')}</span></summary>`;
}

function thresholdControl(
  metrics: ClassEvaluation,
  { points, shown, at, best }: ThresholdSweep,
  column: number,
): string {
  const { label, tp, fp, fn, tn } = metrics;
  const own = printThreshold(shown[at]);
  const id = `${classId(column)}-threshold`;
  const name = escapeMarkup(label);
  const better =
    best >= 0 && best !== at
      ? `<button type="button" data-go="${best}">best F1 here, ${printThreshold(shown[best])}</button>`
      : '';
  return [
    '<div class="thaw-threshold"><div>',
    `<label for="${id}">Threshold of ${nameMarkup(label)}</label>`,
    `<input type="range" id="${id}" min="0" max="${points.length - 1}" value="${at}" aria-valuetext="${own}" hidden>`,
    `<p class="thaw-at" data-out="threshold">${own}</p>`,
    `<p class="thaw-go" hidden><button type="button" data-go="${at}">the model’s, ${own}</button>${better}</p>`,
    '</div>',
    `<dl aria-live="polite">${OUTPUTS.map(([key, head]) => `<div><dt>${head}</dt><dd data-out="${key}">${printNumber(metrics[key])}</dd></div>`).join('')}</dl>`,
    `<table class="thaw-confusion"><caption class="thaw-hidden">Confusion matrix of ${name}</caption>`,
    '<thead><tr><td></td><th scope="col">predicted</th><th scope="col">not predicted</th></tr></thead><tbody>',
    `<tr><th scope="row">labelled</th><td class="right" data-out="tp">${tp}</td><td class="missed" data-out="fn">${fn}</td></tr>`,
    `<tr><th scope="row">not labelled</th><td class="wrong" data-out="fp">${fp}</td><td class="right" data-out="tn">${tn}</td></tr>`,
    '</tbody></table></div>',
  ].join('');
}

/** The data of a sweep that the script needs. Null stands for the threshold above all probabilities. */
function sweepData({ points, shown, positives, negatives }: ThresholdSweep) {
  return {
    t: shown.map((threshold) => (Number.isFinite(threshold) ? threshold : null)),
    tp: points.map(({ tp }) => tp),
    fp: points.map(({ fp }) => fp),
    p: positives,
    n: negatives,
  };
}

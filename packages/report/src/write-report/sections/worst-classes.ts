import type { ClassEvaluation } from '@thawjs/metrics';
import { escapeMarkup } from '../../escape-markup';
import type { HtmlReportSection } from '../../html-report';
import { classVerdict } from '../findings/class-verdict';
import type { Findings } from '../findings/findings';
import type { ThresholdSweep } from '../findings/threshold-sweep';
import { classLink } from '../page/class-link';
import { printNumber, printThreshold } from '../page/print-number';

const SHOWN = 5;

/** The classes with the lowest F1, and the reasons. */
export function worstClassesSection({
  evaluation,
  sweeps,
  confused,
}: Findings): HtmlReportSection | undefined {
  const { perClass, labels } = evaluation;
  const worst = perClass
    .map((metrics, column) => ({ metrics, column }))
    .filter(({ metrics }) => metrics.support > 0)
    .sort((a, b) => a.metrics.f1 - b.metrics.f1 || a.metrics.averagePrecision - b.metrics.averagePrecision)
    .slice(0, SHOWN);
  if (worst.length === 0) return undefined;
  const cards = worst.map(({ metrics, column }) => {
    const reasons = classVerdict(metrics, column, sweeps[column], confused, labels);
    return [
      `<li class="thaw-card"><h3>${classLink(column, labels)}</h3>`,
      `<dl>${factsOf(metrics, sweeps[column])
        .map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`)
        .join('')}</dl>`,
      `<ul>${(reasons.length > 0 ? reasons : ['Nothing stands out.']).map((reason) => `<li>${escapeMarkup(reason)}</li>`).join('')}</ul></li>`,
    ].join('');
  });
  return {
    heading: worst.length < SHOWN ? 'Classes from the worst on' : 'The five worst classes',
    note: 'By F1 at their thresholds, the lowest first, with what the numbers say about the reason. Ranges of F1 follow from Wilson’s score interval (1927) of TP / (TP + FP + FN).',
    html: `<ol class="thaw-cards">${cards.join('\n')}</ol>`,
  };
}

function factsOf(
  { f1, auc, support, precision, recall }: ClassEvaluation,
  { shown, at }: ThresholdSweep,
): [string, string][] {
  return [
    ['F1', printNumber(f1)],
    ['AUC', printNumber(auc)],
    ['Positives', support.toLocaleString('en-US')],
    ['Threshold', printThreshold(shown[at])],
    ['Precision', printNumber(precision)],
    ['Recall', printNumber(recall)],
  ];
}

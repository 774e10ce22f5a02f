import { basename, dirname } from 'node:path';
import { type HtmlReportSection, htmlReport } from '../html-report';
import { openOutputFolder } from '../output-folder';
import { perClassTable } from '../per-class-table';
import { checkInput } from './check-input';
import { type Findings, findingsOf } from './findings/findings';
import { printNumber, printSeconds, printThresholds } from './page/print-number';
import { reportPageStyle } from './page/report-page-style';
import type { ReportEvaluation, ReportImages, ReportInput, ReportRun } from './report-input';
import { classExplorerSection } from './sections/class-explorer';
import { confusedLabelsSection } from './sections/confused-labels';
import { distributionSection } from './sections/distribution';
import { glanceSection } from './sections/glance';
import { historySection } from './sections/history';
import { learningRatesSection } from './sections/learning-rates';
import { lrFindSection } from './sections/lr-find';
import { runSection } from './sections/run';
import { searchSections } from './sections/search';
import { slicesSection } from './sections/slices';
import { worstClassesSection } from './sections/worst-classes';
import { worstMistakesSection } from './sections/worst-mistakes';

/** With more groups, they are identities or the like, and aren't compared. */
const MOST_GROUPS = 20;

/**
 * Writes one self-contained HTML file about a run: the most important results, then each class, the worst
 * mistakes, and how the run was made.
 *
 * From an evaluation: macro AUC, mAP and F1 with intervals, next to those of the base rates; classes that are
 * never predicted; the five worst classes and the reasons; all metrics of all classes; per class ROC,
 * precision-recall, threshold sweep and calibration, with a threshold to move; labels that the model
 * confuses; the worst mistakes with their images; metrics by group. From a run: history, learning rate, time
 * and every option. Parts that aren't given are left out.
 *
 * The file is written whole or not at all, and makes no network request. Its size is bounded: 0.2 MB, about
 * 10 kB per class, and at most 1 MB of pictures. Metrics are those of `evaluateScores` of `@thawjs/metrics`.
 *
 * @param report the result of `fineTune`, or named parts: `{ run, evaluation, test, … }`
 * @param path where the file goes; missing folders are made
 * @returns the file's absolute path
 * @throws ReportInputError if a part is misspelt or of another form, or nothing is given; the errors of
 * `evaluateScores` if labels and probabilities don't fit each other; OutputError if the file can't be written
 *
 * @example
 * ```ts
 * import { mkdtemp } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { writeReport } from '@thawjs/report';
 *
 * const evaluation = {
 *   labels: ['Smiling', 'Bald'],
 *   yTrue: [[1, 0], [0, 1], [1, 0], [0, 0]],
 *   yScore: [[0.9, 0.2], [0.6, 0.7], [0.7, 0.1], [0.2, 0.4]],
 * };
 * const path = await writeReport({ evaluation }, join(await mkdtemp(join(tmpdir(), 'thaw-')), 'report.html'));
 * console.log(path.endsWith('report.html')); // true
 * ```
 */
export async function writeReport(report: ReportRun | ReportInput, path: string): Promise<string> {
  const html = await reportPage(checkInput(report));
  const folder = await openOutputFolder(dirname(path));
  return folder.write(basename(path), html);
}

async function reportPage(input: ReportInput): Promise<string> {
  const { title = 'Training report', subtitle, facts = {}, run, evaluation } = input;
  const findings = evaluation && findingsOf(evaluation);
  const sections = [
    ...(findings ? [glanceSection(findings), worstClassesSection(findings)] : []),
    run && historySection(run),
    run && learningRatesSection(run),
    ...(findings ? await evaluationSections(findings, evaluation, input) : []),
    ...(input.distribution ? [distributionSection(input.distribution)] : []),
    input.lrFind && lrFindSection(input.lrFind),
    ...(input.search ? searchSections(input.search) : []),
    ...(input.sections ?? []),
    await runSection(input),
  ].filter((section) => section !== undefined);
  return htmlReport({
    title,
    ...(subtitle !== undefined && { subtitle }),
    facts: { ...factsOf(findings, run), ...facts },
    sections: withStyle(sections),
  });
}

async function evaluationSections(
  findings: Findings,
  evaluation: ReportEvaluation,
  { test, slices = {} }: ReportInput,
): Promise<(HtmlReportSection | undefined)[]> {
  const ids = evaluation.ids ?? test?.ids ?? [];
  return [
    {
      heading: 'Test metrics by class',
      note: `Decisions at ${printThresholds(findings.evaluation.thresholds)}. A click on a head sorts.`,
      html: perClassTable(findings.evaluation),
    },
    classExplorerSection(findings),
    confusedLabelsSection(findings),
    await worstMistakesSection(findings, test, ids),
    slicesSection(findings, { ...groupsOf(test), ...slices }),
  ];
}

/** The groups of the test images, if there are few enough to compare. */
function groupsOf(test: ReportImages | undefined): Record<string, ArrayLike<string | number>> {
  if (!test?.groups) return {};
  const count = new Set(Array.from(test.groups)).size;
  return count > 1 && count <= MOST_GROUPS ? { group: test.groups } : {};
}

function factsOf(
  findings: Findings | undefined,
  run: ReportRun | undefined,
): Record<string, string | number> {
  const seconds = Object.values(run?.seconds ?? {}).filter(Number.isFinite);
  return {
    ...(findings && {
      'Test macro AUC': printNumber(findings.evaluation.macro.auc),
      'Test images': findings.evaluation.rows,
      Labels: findings.evaluation.labels.length,
    }),
    ...(run && { Epochs: run.history.length }),
    ...(seconds.length > 0 && { 'Training time': printSeconds(seconds.reduce((sum, one) => sum + one, 0)) }),
  };
}

/** Adds the style of the sections to the first section that is markup. */
function withStyle(sections: readonly HtmlReportSection[]): HtmlReportSection[] {
  const first = sections.findIndex((section) => 'html' in section);
  return sections.map((section, at) =>
    at === first && 'html' in section
      ? { ...section, html: `<style>${reportPageStyle}</style>${section.html}` }
      : section,
  );
}

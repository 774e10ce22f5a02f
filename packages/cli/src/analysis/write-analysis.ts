import { htmlReport, type OutputFolder, svgToPng } from '@thawjs/report';
import type { Analysis } from './analyse';
import { charts } from './charts';
import { tables } from './tables';

/** Writes charts as SVG and PNG, tables as CSV, a summary, and one report of everything. Returns the report's path. */
export async function writeAnalysis(out: OutputFolder, analysis: Analysis): Promise<string> {
  const drawn = charts(analysis);
  for (const { name, svg } of drawn) {
    const picture = svg();
    await out.write(`${name}.svg`, picture);
    await out.write(`${name}.png`, svgToPng(picture));
  }
  for (const [name, text] of Object.entries(tables(analysis))) await out.write(name, text);
  const { whole, subset, contradictions, parts } = analysis;
  const summary = [
    whole.summary(),
    ...(contradictions ? [String(contradictions)] : []),
    `Balanced subset\n${subset.summary()}`,
    String(parts.balance),
  ];
  await out.write('summary.txt', `${summary.join('\n\n')}\n`);
  const html = htmlReport({
    title: 'Labels before training',
    facts: facts(analysis),
    sections: drawn.map(({ heading, svg }) => ({ heading, svg: svg('') })),
  });
  return out.write('report.html', html);
}

function facts({
  whole,
  subset,
  draws,
  statistics,
  contradictions,
  parts,
}: Analysis): Record<string, string | number> {
  const { score, bound, emptyRows } = subset.subset!;
  const { largestDeviation, crossingGroups } = parts.balance;
  return {
    Rows: whole.length,
    Labels: whole.labels.length,
    'Labels an image': round(statistics.cardinality, 2),
    'Mean imbalance ratio': round(statistics.meanImbalanceRatio, 2),
    ...(contradictions && { 'Rows with contradictions': contradictions.rows.length }),
    'Subset rows': subset.length,
    'Subset std/mean': round(score, 4),
    'No such subset below': round(bound, 4),
    'Subset rows without a label': emptyRows,
    ...(draws && { 'Random draws std/mean': round(draws.subset.subset!.score, 4) }),
    'Split deviates by at most': `${(100 * largestDeviation.value).toFixed(2)}%`,
    ...(crossingGroups !== undefined && { 'Groups in two parts': crossingGroups }),
  };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

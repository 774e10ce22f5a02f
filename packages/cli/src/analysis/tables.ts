import { labelStatistics } from '@thawjs/metrics';
import { type CsvCell, csvTable } from '@thawjs/report';
import type { Analysis, LabelPairs } from './analyse';
import { labelTable } from './label-table';

/** The tables of an analysis as CSV, by file name. */
export function tables(analysis: Analysis): Record<string, string> {
  const { reduced, subset, statistics, pairs, parts } = analysis;
  const { labels } = reduced;
  const inSubset = labelStatistics(...labelTable(subset)).perLabel;
  return {
    'classes.csv': csvTable([
      [
        'label',
        'positives',
        'share',
        'imbalance_ratio',
        'scumble',
        'subset_positives',
        'subset_share',
        'known',
        'subset_known',
      ],
      ...statistics.perLabel.map(({ label, positives, share, imbalanceRatio, scumble, known }, column) => [
        label,
        positives,
        share,
        imbalanceRatio,
        scumble,
        inSubset[column].positives,
        inSubset[column].share,
        known,
        inSubset[column].known,
      ]),
    ]),
    ...(pairs && tablesOfPairs(labels, pairs)),
    'subset.csv': csvTable([
      ['image_id', ...labels],
      ...subset.ids.map((id, row) => [
        id,
        ...labels.map((_, column) => {
          const cell = row * labels.length + column;
          return subset.known?.[cell] === 0 ? '' : subset.y[cell];
        }),
      ]),
    ]),
    'split.csv': csvTable([
      ['image_id', 'part'],
      ...(['train', 'validation', 'test'] as const).flatMap((part) =>
        parts[part].ids.map((id) => [id, part]),
      ),
    ]),
  };
}

function tablesOfPairs(labels: readonly string[], pairs: LabelPairs): Record<string, string> {
  const matrix = (data: ArrayLike<number>) => [
    ['', ...labels],
    ...labels.map((label, a) => [label, ...labels.map((_, b) => data[a * labels.length + b])]),
  ];
  return {
    'correlation.csv': csvTable(matrix(pairs.correlation.data)),
    'co-occurrence.csv': csvTable(matrix(pairs.together.data)),
    'pairs.csv': csvTable([['label', 'other', 'correlation', 'together'], ...rowsOfPairs(labels, pairs)]),
  };
}

/** Every two labels, the most strongly correlated first. */
function rowsOfPairs(labels: readonly string[], { correlation, together }: LabelPairs): CsvCell[][] {
  const found: [string, string, number, number][] = [];
  for (let a = 0; a < labels.length; a++) {
    for (let b = a + 1; b < labels.length; b++) {
      const at = a * labels.length + b;
      if (!Number.isNaN(correlation.data[at])) {
        found.push([labels[a], labels[b], correlation.data[at], together.data[at]]);
      }
    }
  }
  return found.sort((x, y) => Math.abs(y[2]) - Math.abs(x[2]));
}

import {
  type ClassDistribution,
  classDistributionChart,
  coOccurrenceChart,
  correlationChart,
  dendrogramChart,
  type SearchProgress,
  searchProgressChart,
} from '@thawjs/report';
import type { Analysis, LabelPairs } from './analyse';
import { classDistribution } from './class-distribution';

/** The most labels in the rows of a chart. With more, the labels can't be found in it. */
const MOST_ROWS = 1000;
/** The most labels on a side of a square chart. */
const MOST_CELLS = 200;

/** A chart of an analysis: its file name, its heading, and the picture with or without a title. */
export interface Chart {
  readonly name: string;
  readonly heading: string;
  readonly svg: (title?: string) => string;
}

/** The charts of an analysis, in reading order. Charts without room for all labels are left out. */
export function charts(analysis: Analysis): Chart[] {
  const { whole, reduced, subset, pairs } = analysis;
  const titled = (title: string | undefined) => (title === undefined ? {} : { title });
  return [
    ...(whole.labels.length <= MOST_ROWS
      ? [
          {
            name: 'class-distribution',
            heading: 'Images per class, before and after',
            svg: (title?: string) => classDistributionChart(distributions(analysis), titled(title)),
          },
        ]
      : []),
    {
      name: 'subset-search',
      heading: 'Search for the balanced subset',
      svg: (title) =>
        searchProgressChart(searches(analysis), {
          ...titled(title),
          step: 'share of the search, %',
          boundName: `no such ${subset.length.toLocaleString('en-US')} rows are below`,
          ...(Number.isFinite(subset.subset!.bound) && { bound: subset.subset!.bound }),
        }),
    },
    ...(pairs && reduced.labels.length <= MOST_CELLS ? chartsOfPairs(reduced.labels, pairs, titled) : []),
  ];
}

/** Which charts are left out, and why, as a line; undefined if none is. */
export function chartsLeftOut({ whole, reduced, pairs }: Analysis): string | undefined {
  const tooMany = [
    ...(whole.labels.length > MOST_ROWS
      ? [`the chart of images per class, which has room for ${MOST_ROWS}`]
      : []),
    ...(reduced.labels.length > MOST_CELLS ? [`charts of pairs, which have room for ${MOST_CELLS}`] : []),
    ...(pairs ? [] : ['tables of pairs']),
  ];
  if (tooMany.length === 0) return undefined;
  return `Left out for ${whole.labels.length} labels: ${tooMany.join('; ')}. --only and --without choose labels.`;
}

function chartsOfPairs(
  labels: readonly string[],
  { correlation, together, hierarchy }: LabelPairs,
  titled: (title?: string) => { readonly title?: string },
): Chart[] {
  const tree = hierarchy && { hierarchy };
  return [
    {
      name: 'correlation',
      heading: 'Correlation of labels, clustered',
      svg: (title) => correlationChart(labels, correlation, { ...titled(title), ...tree }),
    },
    {
      name: 'co-occurrence',
      heading: 'Labels that come together',
      svg: (title) => coOccurrenceChart(labels, together, titled(title)),
    },
    ...(hierarchy
      ? [
          {
            name: 'dendrogram',
            heading: 'Labels by likeness',
            svg: (title?: string) =>
              dendrogramChart(labels, hierarchy, { ...titled(title), distance: '1 − |correlation|' }),
          },
        ]
      : []),
  ];
}

/** The seed project's three panels: complete, reduced to the labels that count, reduced to a balanced subset. */
function distributions({ whole, reduced, subset }: Analysis): ClassDistribution[] {
  const missing = whole.labels.filter((label) => !reduced.labels.includes(label));
  return [
    classDistribution('Complete', whole),
    ...(reduced === whole
      ? []
      : [classDistribution(missing.length > 0 ? `Without ${missing.join(', ')}` : 'Reduced', reduced)]),
    classDistribution('Balanced subset', subset),
  ];
}

function searches({ search, draws }: Analysis): SearchProgress[] {
  const told = [
    { name: 'greedy and exchanges', points: rising(search) },
    ...(draws ? [{ name: 'random draws', points: rising(draws.search) }] : []),
  ];
  return told.filter(({ points }) => points.length > 0);
}

/**
 * The progress as shares of the search, because one search counts rows and the other draws. Repeated steps and scores
 * without positives are left out.
 */
function rising(points: Analysis['search']): Analysis['search'] {
  const last = points.at(-1)?.step ?? 1;
  return points
    .filter(({ step, score }, i) => Number.isFinite(score) && (i === 0 || step > points[i - 1].step))
    .map(({ step, score }) => ({ step: (100 * step) / last, score }));
}

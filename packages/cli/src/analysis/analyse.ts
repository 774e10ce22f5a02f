import {
  type BalancedOptions,
  type Contradictions,
  DatasetOptionError,
  type DatasetSplit,
  type ImageDataset,
  type SubsetProgress,
} from '@thawjs/datasets';
import { CelebA } from '@thawjs/datasets-celeba';
import {
  type LabelStatistics,
  labelCooccurrence,
  labelCorrelation,
  labelStatistics,
  linkage,
} from '@thawjs/metrics';
import { labelTable } from './label-table';

/**
 * The most labels that are compared in pairs. The tables grow with the square of this number: 2,000 labels make
 * two million pairs and 200 MB of files.
 */
const MOST_PAIRED_LABELS = 2000;

/** The seed project's random search is repeated for comparison, with its own seed. */
const DRAWS_SEED = 42;

/** Options of the subset and the split of an analysis. */
export interface AnalysisOptions {
  /** Labels that are left out of the subset and the statistics; the chart of classes shows them. */
  readonly without: readonly string[];
  /** The number of rows of the balanced subset; default a tenth of the rows, at least 100 and at most 3,900. */
  readonly subset?: number;
  /** The official part that the subset is taken from; default all rows. */
  readonly pool?: 'train' | 'validation' | 'test';
  /** The most rows of one group; default any number. */
  readonly perGroup?: number;
  /** The least number of labels of each row of the subset. Default 1 if there are enough such rows. */
  readonly minLabels?: number;
  /** Whether rows of CelebA with contradictory labels are kept. */
  readonly contradictions: boolean;
  readonly seed: number;
}

/** The statistics of the labels before training. */
export interface Analysis {
  readonly whole: ImageDataset;
  /** The data without the labels and the contradictory rows that are left out. */
  readonly reduced: ImageDataset;
  readonly subset: ImageDataset;
  readonly search: readonly SubsetProgress[];
  /** The seed project's search for a subset of the same size; undefined if it can't draw as many rows. */
  readonly draws: { readonly subset: ImageDataset; readonly search: readonly SubsetProgress[] } | undefined;
  readonly parts: DatasetSplit<ImageDataset>;
  readonly contradictions: Contradictions | undefined;
  readonly statistics: LabelStatistics;
  /** Undefined for more labels than can be compared in pairs. */
  readonly pairs: LabelPairs | undefined;
}

/** Statistics of pairs of labels. */
export interface LabelPairs {
  readonly correlation: ReturnType<typeof labelCorrelation>;
  readonly together: ReturnType<typeof labelCooccurrence>;
  /** Undefined for fewer than two labels. */
  readonly hierarchy: ReturnType<typeof linkage> | undefined;
}

/** Counts, correlates and clusters the labels, and looks for a balanced subset and a split of it. */
export function analyse(whole: ImageDataset, options: AnalysisOptions): Analysis {
  const { without, contradictions: keepAll, seed, pool, perGroup, minLabels } = options;
  const narrowed = without.length > 0 ? whole.without(...without) : whole;
  const contradictions = narrowed instanceof CelebA ? narrowed.contradictions() : undefined;
  const reduced = narrowed instanceof CelebA && !keepAll ? narrowed.withoutContradictions() : narrowed;

  const tenth = Math.floor(reduced.length / 10);
  const size = options.subset ?? Math.min(reduced.length, 3900, Math.max(100, tenth));
  const search: SubsetProgress[] = [];
  const rows = { ...(pool && { pool }), ...(minLabels !== undefined && { minLabelsPerRow: minLabels }) };
  const subset = reduced.balanced(size, {
    ...rows,
    seed,
    ...(perGroup && { perGroup }),
    onProgress: (step) => search.push(step),
  });

  const [table, known] = labelTable(reduced);
  return {
    whole,
    reduced,
    subset,
    search,
    draws: drawn(reduced, size, rows),
    parts: subset.split({ seed }),
    contradictions,
    statistics: labelStatistics(table, known),
    pairs: reduced.labels.length <= MOST_PAIRED_LABELS ? pairsOf(table, known) : undefined,
  };
}

function pairsOf(...[table, known]: ReturnType<typeof labelTable>): LabelPairs {
  const correlation = labelCorrelation(table, known);
  return {
    correlation,
    together: labelCooccurrence(table, known),
    hierarchy: correlation.shape[0] > 1 ? linkage(distances(correlation)) : undefined,
  };
}

function drawn(
  reduced: ImageDataset,
  size: number,
  rows: Pick<BalancedOptions, 'pool' | 'minLabelsPerRow'>,
): Analysis['draws'] {
  const search: SubsetProgress[] = [];
  try {
    const subset = reduced.balanced(size, {
      method: 'draws',
      seed: DRAWS_SEED,
      ...rows,
      onProgress: (step) => search.push(step),
    });
    return { subset, search };
  } catch (error) {
    if (!(error instanceof DatasetOptionError)) throw error;
    // rows without a label have no weight in the draws, and there may be too few others
    return undefined;
  }
}

/**
 * The distances 1 − |correlation|, as in `clusterOrder`: 1 if the correlation is undefined, 0 between a label and
 * itself.
 */
function distances({ data, shape: [count] }: LabelPairs['correlation']): number[][] {
  return Array.from({ length: count }, (_, a) =>
    Array.from({ length: count }, (_, b) => {
      const value = data[a * count + b];
      return a === b ? 0 : Number.isNaN(value) ? 1 : Math.max(1 - Math.abs(value), 0);
    }),
  );
}

import { readFixture } from '../conformance/read-cases';

type Values = readonly (number | null)[];

/** One label matrix of conformance/metrics/label_statistics.py, with what is expected of it. */
export interface LabelCase {
  readonly name: string;
  readonly yTrue: { readonly data: Uint8Array; readonly shape: readonly [number, number] };
  readonly counts: Values;
  readonly imbalanceRatios: Values;
  readonly meanImbalanceRatio: number;
  readonly cardinality: number;
  readonly density: number;
  readonly scumble: number;
  readonly scumblePerRow: Values;
  readonly scumblePerLabel: Values;
  readonly cooccurrence: Values;
  readonly correlation: Values;
  /** The same where labels are unknown. */
  readonly masked: {
    readonly mask: { readonly data: Uint8Array; readonly shape: readonly [number, number] };
    readonly counts: Values;
    readonly known: Values;
    readonly shares: Values;
    readonly imbalanceRatios: Values;
    readonly cardinality: number;
    readonly density: number;
    readonly scumble: number;
    readonly cooccurrence: Values;
    readonly knownBeside: Values;
    readonly correlation: Values;
  };
  /** Absent for a single label, which SciPy doesn't cluster. */
  readonly order: readonly number[] | null;
}

export function readLabelCases(): LabelCase[] {
  const { labels } = readFixture<{ labels: StoredCase[] }>('label-statistics.json');
  return labels.map((one) => ({
    ...one,
    yTrue: matrixOf(one.yTrue),
    masked: { ...one.masked, mask: matrixOf(one.masked.mask) },
  }));
}

type StoredCase = Omit<LabelCase, 'yTrue' | 'masked'> & {
  yTrue: string[];
  masked: Omit<LabelCase['masked'], 'mask'> & { mask: string[] };
};

const matrixOf = (rows: readonly string[]) => ({
  data: Uint8Array.from(rows.join(''), Number),
  shape: [rows.length, rows[0].length] as const,
});

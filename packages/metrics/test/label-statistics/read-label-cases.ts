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
  /** Absent for a single label, which SciPy doesn't cluster. */
  readonly order: readonly number[] | null;
}

export function readLabelCases(): LabelCase[] {
  const { labels } = readFixture<{ labels: (Omit<LabelCase, 'yTrue'> & { yTrue: string[] })[] }>(
    'label-statistics.json',
  );
  return labels.map((one) => ({
    ...one,
    yTrue: {
      data: Uint8Array.from(one.yTrue.join(''), Number),
      shape: [one.yTrue.length, one.yTrue[0]!.length],
    },
  }));
}

import { isKnown, isPredicted, isTrue, type TestData } from './test-data';

/** One wrong prediction for one image. */
export interface Mistake {
  readonly row: number;
  readonly column: number;
  readonly probability: number;
}

/** The wrong predictions of which the model was most certain. */
export interface WorstMistakes {
  /** Predicted and not true, the highest probability first. */
  readonly found: readonly Mistake[];
  /** True and not predicted, the lowest probability first. */
  readonly missed: readonly Mistake[];
}

/** The number of mistakes per class, so that a single bad class doesn't hide the others. */
const PER_CLASS = 2;

/** The worst mistakes of each kind: at most `count`, two per class and one per image. */
export function worstMistakes(data: TestData, count: number): WorstMistakes {
  const found: Mistake[] = [];
  const missed: Mistake[] = [];
  for (let cell = 0; cell < data.rows * data.columns; cell++) {
    if (!isKnown(data, cell) || isTrue(data, cell) === isPredicted(data, cell)) continue;
    const mistake = {
      row: Math.floor(cell / data.columns),
      column: cell % data.columns,
      probability: data.yScore.data[cell],
    };
    (isTrue(data, cell) ? missed : found).push(mistake);
  }
  found.sort((a, b) => b.probability - a.probability);
  missed.sort((a, b) => a.probability - b.probability);
  return { found: spread(found, count), missed: spread(missed, count) };
}

function spread(sorted: readonly Mistake[], count: number): Mistake[] {
  const perClass = new Map<number, number>();
  const rows = new Set<number>();
  const kept: Mistake[] = [];
  for (const mistake of sorted) {
    const before = perClass.get(mistake.column) ?? 0;
    if (kept.length === count) break;
    if (before === PER_CLASS || rows.has(mistake.row)) continue;
    perClass.set(mistake.column, before + 1);
    rows.add(mistake.row);
    kept.push(mistake);
  }
  return kept;
}

import { type CsvTableOptions, csvTable } from './csv-table';
import { ReportShapeError } from './errors';

/** Values of n images × labels: a flat array row after row, nested rows, or a flat array with its shape. */
export type LabelValues =
  | ArrayLike<number>
  | readonly (readonly number[])[]
  | { readonly data: ArrayLike<number>; readonly shape: readonly number[] };

/** The input of {@link predictionsCsv}. */
export interface PredictionsCsvInput extends CsvTableOptions {
  /** The names of the n images, such as their file names. */
  readonly ids: readonly string[];
  readonly labels: readonly string[];
  /** n × labels, 0 or 1. */
  readonly yTrue: LabelValues;
  /** n × labels, 0 to 1. */
  readonly probabilities: LabelValues;
  /**
   * The probability from which on a class counts as predicted: one for all, or one per label; default 0.5.
   */
  readonly thresholds?: number | ArrayLike<number>;
}

/**
 * Writes the true and the predicted labels of each image as CSV.
 *
 * Columns: `id`, then for each label `<label>_true` (0 or 1), `<label>_predicted` (0 or 1: probability ≥
 * threshold) and `<label>_probability`. Probabilities of a `Float32Array` are written with nine digits, which
 * read back as the same float32; others are written in full. A NaN probability is an empty field, and its
 * label counts as not predicted. An id or a label that a spreadsheet would run as a formula gets an
 * apostrophe in front, unless `formulas` is `'keep'`.
 *
 * @returns the file's text, lines ended by `\n`
 * @throws ReportShapeError if `yTrue`, `probabilities` or `thresholds` do not fit `ids` and `labels`
 *
 * @example
 * ```ts
 * import { predictionsCsv } from '@thawjs/report';
 *
 * const csv = predictionsCsv({ ids: ['1.jpg'], labels: ['Bald'], yTrue: [0], probabilities: [0.75] });
 * console.log(csv.split('\n')[0]); // id,Bald_true,Bald_predicted,Bald_probability
 * console.log(csv.split('\n')[1]); // 1.jpg,0,1,0.75
 * ```
 */
export function predictionsCsv({
  ids,
  labels,
  yTrue,
  probabilities,
  thresholds = 0.5,
  formulas,
}: PredictionsCsvInput): string {
  const shape = [ids.length, labels.length] as const;
  const truth = flat(yTrue, 'yTrue', shape);
  const scores = flat(probabilities, 'probabilities', shape);
  if (typeof thresholds !== 'number' && thresholds.length !== labels.length) {
    throw new ReportShapeError(
      `predictionsCsv: expected one threshold or ${labels.length}, one a label; received ${thresholds.length}.`,
    );
  }
  const threshold = (label: number): number =>
    typeof thresholds === 'number' ? thresholds : thresholds[label];
  const print =
    scores instanceof Float32Array
      ? (p: number) => String(Number(p.toPrecision(9)))
      : (p: number) => String(p);

  const header = [
    'id',
    ...labels.flatMap((label) => [`${label}_true`, `${label}_predicted`, `${label}_probability`]),
  ];
  const records = ids.map((id, row) => [
    id,
    ...labels.flatMap((_, label) => {
      const at = row * labels.length + label;
      const p = scores[at];
      return [String(truth[at]), p >= threshold(label) ? '1' : '0', Number.isNaN(p) ? '' : print(p)];
    }),
  ]);
  return csvTable([header, ...records], { formulas });
}

function flat(
  values: LabelValues,
  name: string,
  [rows, columns]: readonly [number, number],
): ArrayLike<number> {
  const [data, shape] = unpack(values, columns);
  if (
    data.length !== rows * columns ||
    (shape && (shape.length !== 2 || shape[0] !== rows || shape[1] !== columns))
  ) {
    throw new ReportShapeError(
      `predictionsCsv: expected ${name} of shape ${rows}×${columns} (ids × labels); received ` +
        `${shape ? shape.join('×') : `${data.length} values`}. Was an image or a label left out of one of them?`,
    );
  }
  return data;
}

function unpack(values: LabelValues, columns: number): [data: ArrayLike<number>, shape?: readonly number[]] {
  if ('data' in values) return [values.data, values.shape];
  if (typeof values[0] !== 'object') return [values as ArrayLike<number>];
  const rows = values as readonly (readonly number[])[];
  const misfit = rows.find((row) => row.length !== columns);
  return [rows.flat(), [rows.length, misfit === undefined ? columns : misfit.length]];
}

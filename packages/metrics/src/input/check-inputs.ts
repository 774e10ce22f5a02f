import type { MatrixInput } from '../matrix-input';
import type { InputOptions } from '../options';
import { checkMask } from './check-mask';
import { checkSampleWeight } from './check-sample-weight';
import { checkScores, type ScoreRange } from './check-scores';
import { checkShapes } from './check-shapes';
import { checkTruth } from './check-truth';
import { readMatrix } from './read-matrix';

/** Checked labels and scores: same shape, row-major, labels 0/1, scores finite. */
export interface CheckedInputs {
  readonly rows: number;
  readonly columns: number;
  /** 0/1, row-major; 0 where the label is not known. */
  readonly truth: Uint8Array;
  /** Finite, row-major; 32-bit only if 32-bit floats were given. */
  readonly scores: Float32Array | Float64Array;
  /** 1 where the label is known, row-major; absent if all labels are known. */
  readonly known?: Uint8Array | undefined;
  /** The weight of each row, at least 0 and not all 0; absent if all rows weigh the same. */
  readonly weights?: Float64Array | undefined;
}

/**
 * Checks labels and scores. Every metric of both reads its inputs through this function.
 * A `Uint8Array` of labels and a `Float32Array` or `Float64Array` of scores are not copied.
 */
export function checkInputs(
  metric: string,
  yTrue: MatrixInput,
  yScore: MatrixInput,
  options: InputOptions,
  range: ScoreRange = 'finite',
): CheckedInputs {
  const { labels } = options;
  const readTruth = readMatrix(metric, 'yTrue', yTrue);
  const readScores = readMatrix(metric, 'scores', yScore);
  const shape = checkShapes(metric, readTruth, readScores, labels);
  const [rows, columns] = shape;
  const mask = checkMask(metric, options.mask, shape, labels);
  const { truth, known } = checkTruth(metric, readTruth.data, columns, options, mask);
  return {
    rows,
    columns,
    truth,
    known,
    scores: checkScores(metric, readScores.data, { columns, labels, known, range }),
    weights: checkSampleWeight(metric, options.sampleWeight, rows),
  };
}

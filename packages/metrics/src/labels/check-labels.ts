import type { CheckedInputs } from '../input/check-inputs';
import { checkMask } from '../input/check-mask';
import { checkShapes } from '../input/check-shapes';
import { checkTruth } from '../input/check-truth';
import { readMatrix } from '../input/read-matrix';
import type { MatrixInput } from '../matrix-input';
import type { KnownLabelOptions } from '../options';

/** Checked labels: row-major, 0/1, and 0 where a label is not known. */
export type CheckedLabels = Pick<CheckedInputs, 'rows' | 'columns' | 'truth' | 'known'>;

/** Checks the input of functions that take labels without scores. */
export function checkLabels(metric: string, yTrue: MatrixInput, options: KnownLabelOptions): CheckedLabels {
  const { labels } = options;
  const read = readMatrix(metric, 'yTrue', yTrue);
  const shape = checkShapes(metric, read, read, labels);
  const [rows, columns] = shape;
  const mask = checkMask(metric, options.mask, shape, labels);
  return { rows, columns, ...checkTruth(metric, read.data, columns, options, mask) };
}

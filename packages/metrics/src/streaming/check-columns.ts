import { LabelShapeError } from '../errors';

/** The number of columns, which the first update decides. */
export function checkColumns(metric: string, known: number | undefined, columns: number): number {
  if (known !== undefined && known !== columns) {
    throw new LabelShapeError(
      `${metric}: expected ${known} columns, as in the updates before; received ${columns}. One accumulator takes one set of labels.`,
    );
  }
  return columns;
}

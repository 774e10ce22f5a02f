import { EmptyInputError, LabelShapeError } from '../errors';
import type { ReadMatrix } from './read-matrix';

/** Derives the number of rows and columns from labels and scores, and throws if their shapes don't fit. */
export function checkShapes(
  metric: string,
  truth: ReadMatrix,
  scores: ReadMatrix,
  labels: readonly string[] | undefined,
): readonly [rows: number, columns: number] {
  const shape = truth.shape ?? scores.shape ?? flatShape(metric, truth.data.length, labels);
  const [rows, columns] = shape;
  checkAgainst(metric, scores, shape);
  if (truth.data.length !== rows * columns) {
    throw new LabelShapeError(
      `${metric}: expected ${rows * columns} labels in yTrue, like the scores of shape ${rows}×${columns}; received ${truth.data.length}.`,
    );
  }
  if (rows === 0 || columns === 0) {
    throw new EmptyInputError(
      `${metric}: expected at least one row and one column; received ${rows}×${columns}. Was everything filtered out?`,
    );
  }
  if (labels !== undefined && labels.length !== columns) {
    throw new LabelShapeError(
      `${metric}: expected ${columns} names in labels, one a column; received ${labels.length}.`,
    );
  }
  return shape;
}

function flatShape(
  metric: string,
  length: number,
  labels: readonly string[] | undefined,
): readonly [number, number] {
  const columns = labels?.length ?? 1;
  if (columns === 0)
    throw new EmptyInputError(`${metric}: expected at least one name in labels; received none.`);
  if (length % columns !== 0) {
    throw new LabelShapeError(
      `${metric}: expected a multiple of ${columns} values in the flat yTrue, as labels has ${columns} names; received ${length}.`,
    );
  }
  return [length / columns, columns];
}

function checkAgainst(metric: string, scores: ReadMatrix, [rows, columns]: readonly [number, number]): void {
  const [scoreRows, scoreColumns] = scores.shape ?? [undefined, columns];
  if (scoreRows === undefined) {
    if (scores.data.length === rows * columns) return;
    throw new LabelShapeError(
      `${metric}: expected ${rows * columns} scores, like yTrue of shape ${rows}×${columns}; received ${scores.data.length} in a flat array.`,
    );
  }
  if (scoreRows === rows && scoreColumns === columns) return;
  const hint =
    scoreRows === columns && scoreColumns === rows
      ? 'Is one of them transposed?'
      : scoreRows === rows
        ? 'Was a column dropped from one of them?'
        : 'Were rows filtered out of one of them only?';
  throw new LabelShapeError(
    `${metric}: expected scores of shape ${rows}×${columns}, like yTrue; received ${scoreRows}×${scoreColumns}. ${hint}`,
  );
}

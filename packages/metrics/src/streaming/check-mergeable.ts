import { AccumulatorMergeError, LabelShapeError } from '../errors';

/** The properties that two accumulators must share to be merged. */
export interface Mergeable {
  readonly options: object;
  readonly columns: number | undefined;
}

/** Refuses to merge accumulators that count in different ways. */
export function checkMergeable(metric: string, ours: Mergeable, theirs: Mergeable): void {
  const [mine, others] = [JSON.stringify(ours.options), JSON.stringify(theirs.options)];
  if (mine !== others) {
    throw new AccumulatorMergeError(
      `${metric}: expected an accumulator with the same options, ${mine}; received one with ${others}.`,
    );
  }
  if (ours.columns !== undefined && theirs.columns !== undefined && ours.columns !== theirs.columns) {
    throw new AccumulatorMergeError(
      `${metric}: expected an accumulator of ${ours.columns} columns; received one of ${theirs.columns}.`,
    );
  }
}

/** The number of columns, which the first update determines. */
export function checkColumns(metric: string, known: number | undefined, columns: number): number {
  if (known !== undefined && known !== columns) {
    throw new LabelShapeError(
      `${metric}: expected ${known} columns, as in the updates before; received ${columns}. One accumulator takes one set of labels.`,
    );
  }
  return columns;
}

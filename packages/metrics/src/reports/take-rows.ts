import type { CheckedInputs } from '../input/check-inputs';
import type { Matrix } from '../matrix-input';

/** Some of the rows in a form that metrics take: labels as 0 and 1, scores in their original precision. */
export interface TakenRows {
  readonly yTrue: Matrix;
  readonly yScore: Matrix;
  /** The mask and the weights of these rows. */
  readonly options: { readonly mask?: Matrix; readonly sampleWeight?: Float64Array };
}

/** Selects rows. A row that is named several times is repeated. */
export function takeRows(inputs: CheckedInputs, rows: ArrayLike<number>): TakenRows {
  const { columns, truth, scores, known, weights } = inputs;
  const shape = [rows.length, columns];
  const taken = <Values extends Uint8Array | Float32Array | Float64Array>(
    from: Values,
    into: Values,
  ): Values => {
    for (let at = 0; at < rows.length; at++) {
      const start = rows[at] * columns;
      into.set(from.subarray(start, start + columns), at * columns);
    }
    return into;
  };
  const length = rows.length * columns;
  const room = scores instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
  return {
    yTrue: { data: taken(truth, new Uint8Array(length)), shape },
    yScore: { data: taken(scores, room), shape },
    options: {
      ...(known === undefined ? {} : { mask: { data: taken(known, new Uint8Array(length)), shape } }),
      ...(weights === undefined ? {} : { sampleWeight: Float64Array.from(rows, (row) => weights[row]) }),
    },
  };
}

import type { LabelValue } from './label-value';

/** A label matrix in the making. */
export interface LabelMatrixBuilder {
  push(value: LabelValue): void;
  /** `y` and, where a value was unknown, `known`. */
  finish(): { readonly y: Uint8Array; readonly known?: Uint8Array };
}

/** Collects labels value by value, row-major, in bytes that grow. */
export function labelMatrixBuilder(): LabelMatrixBuilder {
  let y = new Uint8Array(1024);
  let known: Uint8Array | undefined;
  let length = 0;
  const grown = (bytes: Uint8Array) => {
    const larger = new Uint8Array(2 * bytes.length);
    larger.set(bytes);
    return larger;
  };
  return {
    push(value) {
      if (length === y.length) {
        y = grown(y);
        if (known) known = grown(known);
      }
      if (value === 'unknown') known ??= new Uint8Array(y.length).fill(1, 0, length);
      else {
        y[length] = value;
        if (known) known[length] = 1;
      }
      length++;
    },
    finish: () => ({ y: y.slice(0, length), ...(known && { known: known.slice(0, length) }) }),
  };
}

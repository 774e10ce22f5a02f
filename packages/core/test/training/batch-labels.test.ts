import { describe, expect, test } from 'vitest';
import { DataMismatchError } from '../../src';
import { batchLabels } from '../../src/training/batch-labels';

const rows = Int32Array.of(7, 3);

describe('batchLabels', () => {
  test('gives what is known, and 0 for the rest, with a mask', () => {
    const y = Float32Array.of(0, 1, 0.25, Number.NaN);
    expect(batchLabels({ y, known: Uint8Array.of(1, 0, 1, 0), rows }, 2)).toEqual({
      y: Float32Array.of(0, 0, 0.25, 0),
      known: Float32Array.of(1, 0, 1, 0),
    });
  });

  test.for([
    ['too few labels', { y: new Uint8Array(3) }, /expected 2×2 labels, .*received 3 values/],
    ['too few known', { y: new Uint8Array(4), known: new Uint8Array(2) }, /known for each of 4 .*received 2/],
    ['a label of 2', { y: Uint8Array.of(0, 1, 2, 0) }, /from 0 to 1; received 2 for label 0 of row 3/],
    ['−1 for unknown', { y: Float32Array.of(0, -1, 1, 0) }, /received -1 for label 1 of row 7.*known/],
    ['NaN', { y: Float32Array.of(0, 1, 1, Number.NaN) }, /received NaN for label 1 of row 3/],
  ] as const)('refuses %s', ([, batch, message]) => {
    expect(() => batchLabels({ ...batch, rows }, 2)).toThrow(DataMismatchError);
    expect(() => batchLabels({ ...batch, rows }, 2)).toThrow(message);
  });
});

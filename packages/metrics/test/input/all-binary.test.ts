import { describe, expect, test } from 'vitest';
import { allBinary } from '../../src/input/all-binary';

describe('allBinary', () => {
  test.each([0, 1, 2, 3])('finds the one wrong byte wherever it lies, %i bytes past a word', (offset) => {
    for (let length = 0; length < 12; length++) {
      const data = new Uint8Array(new ArrayBuffer(16), offset, length).fill(1);
      expect(allBinary(data)).toBe(true);
      for (let at = 0; at < length; at++) {
        data[at] = 2;
        expect(allBinary(data)).toBe(false);
        data[at] = 0;
      }
    }
  });

  test('does not read beyond its view', () => {
    const bytes = new Uint8Array(16).fill(7);
    expect(allBinary(bytes.subarray(3, 14).fill(1))).toBe(true);
  });
});

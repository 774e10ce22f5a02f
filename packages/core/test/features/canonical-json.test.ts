import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../src/features/canonical-json';

/** Plain data as an augmentation or a preprocessing may be. */
const plain = fc.jsonValue({ noUnicodeString: false } as fc.JsonSharedConstraints);

const shuffledKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffledKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, entry]) => [key, shuffledKeys(entry)]),
  );
};

test('is JSON of the same value, whatever the order of the keys', () => {
  fc.assert(
    fc.property(plain, (value) => {
      const text = canonicalJson(value);
      expect(text).toBe(canonicalJson(shuffledKeys(value)));
      expect(JSON.parse(text!)).toEqual(value); // −0 too, which JSON.stringify would write as 0
    }),
  );
});

test('differs for different values', () => {
  fc.assert(
    fc.property(plain, plain, (a, b) => {
      const same = canonicalJson(a) === canonicalJson(b);
      expect(same).toBe(fc.stringify(shuffledKeys(sorted(a))) === fc.stringify(shuffledKeys(sorted(b))));
    }),
  );
});

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? 1 : -1))
      .map(([key, entry]) => [key, sorted(entry)]),
  );
};

test.each([
  ['a function', { flip: () => true }],
  ['an instance of a class', { at: new Date(0) }],
  ['a typed array', [new Uint8Array(2)]],
  ['NaN', { rate: Number.NaN }],
  ['a symbol', [Symbol('x')]],
  ['undefined in a list', [undefined]],
  ['a big integer', { seed: 1n }],
])('has no text for %s, which JSON would lose or change', (_, value) => {
  expect(canonicalJson(value)).toBeUndefined();
});

test('leaves out what is undefined, as JSON does', () => {
  expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}');
});

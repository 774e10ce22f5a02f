import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countAgainst } from '../../src/ranking/count-against';
import { RunRoom } from '../../src/ranking/run-room';

/** The definition: every other compared with every distinct pivot. */
function byComparing(pivots: readonly number[], others: readonly number[]) {
  const values = [...new Set(pivots)].sort((a, b) => a - b);
  const countOf = (keys: readonly number[], holds: (key: number) => boolean) => keys.filter(holds).length;
  return {
    pivots: values.map((value) => countOf(pivots, (key) => key === value)),
    between: Array.from({ length: values.length + 1 }, (_, at) =>
      countOf(
        others,
        (key) => (at === values.length || key < values[at]) && (at === 0 || key > values[at - 1]),
      ),
    ),
    equal: values.map((value) => countOf(others, (key) => key === value)),
  };
}

describe('countAgainst', () => {
  const key32 = fc.oneof(
    fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    fc.integer({ min: 0xbf000000, max: 0xbf000010 }),
  );
  const key64 = fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -3, max: 3 }));

  test.each([
    ['32-bit keys, crowded and far apart', 32 as const, key32],
    ['64-bit scores', 64 as const, key64],
  ])('counts what lies below, at and above each pivot: %s', (_, bits, key) => {
    const room = new RunRoom(80, bits); // as between columns: full of what was counted before
    const KeyArray = bits === 32 ? Uint32Array : Float64Array;
    fc.assert(
      fc.property(fc.array(key, { maxLength: 80 }), fc.array(key, { maxLength: 80 }), (pivots, others) => {
        // −0 never comes: the gathering made it 0.
        const [ours, theirs] = [pivots, others].map((keys) => keys.map((one) => one + 0));
        const counted = countAgainst(KeyArray.from(ours), KeyArray.from(theirs), room);
        expect({
          pivots: Array.from(counted.pivots),
          between: Array.from(counted.between),
          equal: Array.from(counted.equal),
        }).toEqual(byComparing(ours, theirs));
      }),
    );
  });

  test('finds its way through a table of many entries, in each of which many pivots lie', () => {
    const pivots = Uint32Array.from({ length: 3000 }, (_, at) => (at < 2000 ? 7 * at : 1e6 * at));
    const others = Uint32Array.from({ length: 3000 }, (_, at) => (at < 1500 ? 9 * at : 1.3e6 * at));
    const counted = countAgainst(pivots, others, new RunRoom(3000, 32));
    const expected = byComparing(Array.from(pivots), Array.from(others));
    expect(Array.from(counted.between)).toEqual(expected.between);
    expect(Array.from(counted.equal)).toEqual(expected.equal);
  });
});

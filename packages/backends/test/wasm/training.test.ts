import { expect, test } from 'vitest';
import { smallMobilenet, smallResnet } from './small-networks';
import { largestDifference, trainOn } from './train-on';

test.each([
  ['ResNet', smallResnet],
  ['MobileNet', smallMobilenet],
])(
  'a small %s has the same weights after five steps on wasm in Node as on cpu, within 1e-4',
  async (_, network) => {
    const expected = await trainOn({ prefer: ['cpu'] }, network);
    const actual = await trainOn({ prefer: ['wasm'] }, network);
    expect(largestDifference(actual, expected)).toBeLessThan(1e-4);
  },
);

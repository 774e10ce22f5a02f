import { expect, test } from 'vitest';
import { fineTuneOn, largestDifference } from './fine-tune-on';
import { smallMobilenet, smallResnet } from './small-networks';

test.each([
  ['ResNet', smallResnet],
  ['MobileNet', smallMobilenet],
])(
  'a small %s is fine-tuned on wasm in Node as on cpu: the same losses and weights, within 1e-4',
  async (_, network) => {
    const expected = await fineTuneOn({ prefer: ['cpu'] }, network);
    const actual = await fineTuneOn({ prefer: ['wasm'] }, network);
    expect(largestDifference(actual, expected)).toBeLessThan(1e-4);
  },
);

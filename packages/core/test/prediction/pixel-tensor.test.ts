import { type BackendName, useBestBackend } from '@thawjs/backends';
import { describe, expect, test } from 'vitest';
import { pixelTensor } from '../../src/prediction/pixel-tensor';
import { tensorCount } from '../tiny';

describe.each<BackendName>(['native', 'wasm', 'cpu'])('pixels on %s', (backend) => {
  const shape = [2, 8, 16, 3] as const;
  const all = Uint8Array.from({ length: 2 * 768 }, (_, i) => i);

  test.each([
    ['bytes', all.subarray(768)],
    ['floats', Float32Array.from({ length: 768 }, (_, i) => i / 3)],
  ])('are float32 numbers, from %s', async (_, pixels) => {
    await useBestBackend({ prefer: [backend], log: () => {} });
    const before = tensorCount();
    const tensor = pixelTensor({ pixels, shape });
    expect([tensor.shape, tensor.dtype]).toEqual([[...shape], 'float32']);
    expect(tensor.dataSync()).toEqual(Float32Array.from(pixels));
    tensor.dispose();
    expect(tensorCount()).toBe(before);
  });
});

import { useBestBackend } from '@thawjs/backends';
import { expect, test } from 'vitest';
import { backbone } from '../../src/backbones/open-backbone';
import { interpreted } from '../../src/run/interpret';
import { inSession } from '../../src/run/tensorflow/in-session';
import { nativeBackend } from '../../src/tfjs-internals/native-backend';
import { relativeError } from '../training/parity/relative-error';
import { stepGradients } from './step-gradients';

/** A small network of every family; conformance/networks compares all networks with their libraries. */
const FAMILIES = [
  'resnet18',
  'mobilenet_v2',
  'mobilenet_v3_small',
  'efficientnet_lite0',
  'efficientnet_b0_torchvision',
  'densenet121',
  'convnext_tiny',
] as const;

async function step(name: string, backend: 'native' | 'wasm', mode: 'affine' | 'training', side: number) {
  await useBestBackend({ prefer: [backend], log: () => {} });
  const made = await backbone(name, {
    weights: null,
    includeTop: true,
    classes: 5,
    inputSize: [side, side],
    seed: 3,
  });
  const result = await stepGradients(made, { mode, images: 2 }, (entries) =>
    backend === 'native' ? inSession(nativeBackend()!, entries) : interpreted(entries),
  );
  made.model.dispose();
  return result;
}

test.each(FAMILIES)('%s trains as one graph on native, and gets the same gradients on wasm', async (name) => {
  const graph = await step(name, 'native', 'affine', 32);
  const wasm = await step(name, 'wasm', 'affine', 32);
  expect(graph.apart).toEqual([]);
  expect(wasm.apart).toEqual([]);
  expect(graph.loss).toBeCloseTo(wasm.loss, 5);
  const gradients = [...graph.changes].filter(([key]) => !key.includes('/moving_'));
  const scale = Math.max(
    ...gradients.map(([, values]) => values.reduce((a, b) => Math.max(a, Math.abs(b)), 0)),
  );
  const wrong = gradients.flatMap(([key, values]) => {
    const other = wasm.changes.get(key)!;
    const difference = values.reduce((most, value, i) => Math.max(most, Math.abs(value - other[i])), 0);
    return relativeError(values, other) < 1e-3 || difference < 1e-6 * scale ? [] : [key];
  });
  expect(wrong).toEqual([]);
  expect(scale).toBeGreaterThan(0);
});

test.each(['resnet18', 'mobilenet_v3_small'])(
  '%s with BatchNormalization in training moves the same statistics on native and wasm',
  async (name) => {
    const graph = await step(name, 'native', 'training', 64);
    const wasm = await step(name, 'wasm', 'training', 64);
    // Some means are 0 but for rounding: those of a convolution that reads normalised channels.
    const statistics = [...graph.changes].filter(([key]) => key.endsWith('/moving_variance'));
    expect(statistics.length).toBeGreaterThan(15);
    for (const [key, values] of statistics)
      expect(relativeError(values, wasm.changes.get(key)!), key).toBeLessThan(1e-3);
  },
);

import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBestBackend } from '../../src/index';
import { registerWasmGradients } from '../../src/wasm/index';
import { seededTensor } from './seeded-tensor';

type Pad = 'same' | 'valid' | number | [[0, 0], [number, number], [number, number], [0, 0]];

interface Convolution {
  readonly input: [number, number, number, number];
  readonly filter: [number, number, number, number];
  readonly strides: number | [number, number];
  readonly pad: Pad;
}

const CASES: [string, Convolution][] = [
  ['stride 1, same', { input: [2, 7, 7, 3], filter: [3, 3, 3, 4], strides: 1, pad: 'same' }],
  ['stride 1, valid', { input: [2, 7, 6, 3], filter: [3, 2, 3, 4], strides: 1, pad: 'valid' }],
  ['stride 2, same, odd size', { input: [2, 9, 7, 3], filter: [3, 3, 3, 4], strides: 2, pad: 'same' }],
  ['stride 2, same, even size', { input: [1, 8, 8, 2], filter: [3, 3, 2, 5], strides: 2, pad: 'same' }],
  [
    'stride 2, valid, rows left over',
    { input: [2, 10, 8, 3], filter: [3, 3, 3, 4], strides: 2, pad: 'valid' },
  ],
  [
    '7×7 stride 2 (the stem of ResNet)',
    { input: [1, 21, 20, 3], filter: [7, 7, 3, 4], strides: 2, pad: 'valid' },
  ],
  ['1×1 stride 1', { input: [2, 5, 6, 4], filter: [1, 1, 4, 3], strides: 1, pad: 'valid' }],
  [
    '1×1 stride 2, odd size (a shortcut of ResNet)',
    { input: [2, 7, 7, 4], filter: [1, 1, 4, 3], strides: 2, pad: 'same' },
  ],
  ['1×1 stride 2, even size', { input: [2, 8, 6, 4], filter: [1, 1, 4, 3], strides: 2, pad: 'valid' }],
  [
    'stride 3 wider than the filter',
    { input: [1, 10, 11, 2], filter: [2, 2, 2, 3], strides: 3, pad: 'valid' },
  ],
  ['strides of 1 and 2', { input: [2, 7, 9, 3], filter: [3, 3, 3, 2], strides: [1, 2], pad: 'same' }],
  ['padding by a number', { input: [1, 6, 6, 2], filter: [3, 3, 2, 3], strides: 1, pad: 2 }],
  [
    'explicit uneven padding',
    {
      input: [1, 6, 5, 2],
      filter: [3, 3, 2, 3],
      strides: 2,
      pad: [
        [0, 0],
        [0, 1],
        [2, 1],
        [0, 0],
      ],
    },
  ],
  [
    'padding wider than the filter',
    {
      input: [1, 5, 5, 2],
      filter: [2, 2, 2, 3],
      strides: 1,
      pad: [
        [0, 0],
        [3, 0],
        [1, 3],
        [0, 0],
      ],
    },
  ],
  ['1×1 with padding', { input: [1, 4, 4, 2], filter: [1, 1, 2, 2], strides: 2, pad: 1 }],
  ['a filter as large as the image', { input: [3, 4, 4, 2], filter: [4, 4, 2, 3], strides: 1, pad: 'valid' }],
];

/** The kernel on one backend, with inputs and output as plain numbers. */
async function runOn(
  backend: 'wasm' | 'cpu',
  kernel: string,
  inputs: Record<string, tf.Tensor>,
  attributes: tf.NamedAttrMap,
): Promise<{ shape: number[]; values: Float32Array }> {
  const values = Object.entries(inputs).map(
    ([name, tensor]) => [name, tensor.dataSync(), tensor.shape] as const,
  );
  await tf.setBackend(backend);
  return tf.tidy(() => {
    const own = Object.fromEntries(values.map(([name, data, shape]) => [name, tf.tensor(data, shape)]));
    const output = tf.engine().runKernel(kernel, own, attributes) as tf.Tensor;
    return { shape: output.shape, values: output.dataSync() as Float32Array };
  });
}

async function expectSameOnBoth(
  kernel: string,
  inputs: Record<string, tf.Tensor>,
  attributes: tf.NamedAttrMap,
) {
  const expected = await runOn('cpu', kernel, inputs, attributes);
  const actual = await runOn('wasm', kernel, inputs, attributes);
  expect(actual.shape).toEqual(expected.shape);
  const scale = Math.max(1, ...expected.values.map(Math.abs));
  const worst = Math.max(...actual.values.map((value, i) => Math.abs(value - expected.values[i]!)));
  expect(worst / scale).toBeLessThan(1e-5);
}

async function check(convolution: Convolution, isDepthwise: boolean): Promise<void> {
  const { input, filter: filterShape, strides, pad } = convolution;
  await tf.setBackend('cpu');
  const x = seededTensor(input, 1);
  const filter = seededTensor(filterShape, 2);
  const geometry = tf.backend_util.computeConv2DInfo(
    input,
    filterShape,
    strides,
    1,
    pad as 'same',
    undefined,
    isDepthwise,
  );
  const dy = seededTensor(geometry.outShape, 3);
  const shared = { strides, pad, dataFormat: 'NHWC', dilations: [1, 1] } as unknown as tf.NamedAttrMap;
  const [ofFilter, ofInput] = isDepthwise
    ? (['DepthwiseConv2dNativeBackpropFilter', 'DepthwiseConv2dNativeBackpropInput'] as const)
    : (['Conv2DBackpropFilter', 'Conv2DBackpropInput'] as const);
  await expectSameOnBoth(ofFilter, { x, dy }, { ...shared, filterShape });
  await expectSameOnBoth(ofInput, { dy, filter }, { ...shared, inputShape: input });
  tf.dispose([x, filter, dy]);
}

describe('the wasm gradient kernels', () => {
  beforeAll(async () => {
    await useBestBackend({ prefer: ['cpu'], log: () => {} });
    await tf.setBackend('wasm');
  });

  it('are registered when the module is imported, once', () => {
    const names = [
      'Conv2DBackpropInput',
      'AvgPoolGrad',
      'MaxPoolGrad',
      'Conv2DBackpropFilter',
      'DepthwiseConv2dNativeBackpropFilter',
      'DepthwiseConv2dNativeBackpropInput',
    ];
    expect(registerWasmGradients()).toEqual(names);
    expect(registerWasmGradients()).toEqual(names);
  });

  it.each(CASES)('of a convolution equal those of the cpu backend: %s', async (_, convolution) => {
    await check(convolution, false);
  });

  it.each(CASES)('of a depthwise convolution equal those of the cpu backend: %s', async (_, convolution) => {
    const [height, width, channels] = convolution.filter;
    await check({ ...convolution, filter: [height, width, channels, 1] }, true);
    await check({ ...convolution, filter: [height, width, channels, 2] }, true);
  });

  it('equal those of the cpu backend for any size, stride and padding', async () => {
    const side = fc.integer({ min: 3, max: 9 });
    const small = fc.integer({ min: 1, max: 3 });
    const padding = fc.oneof(
      fc.constantFrom('same' as const, 'valid' as const),
      fc.integer({ min: 0, max: 3 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(small, side, side, small),
        fc.tuple(small, small, small),
        fc.tuple(small, small),
        padding,
        fc.boolean(),
        async (input, [height, width, outputs], strides, pad, isDepthwise) => {
          await check({ input, filter: [height, width, input[3], outputs], strides, pad }, isDepthwise);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('leave no tensor and no memory of the backend behind', async () => {
    await tf.setBackend('wasm');
    const x = seededTensor([2, 8, 8, 3], 1);
    const dy = seededTensor([2, 4, 4, 4], 3);
    const filter = seededTensor([3, 3, 3, 4], 2);
    const backend = tf.backend() as unknown as { numDataIds(): number };
    const before = [tf.memory().numTensors, backend.numDataIds()];
    const attributes = { strides: 2, pad: 'same', dataFormat: 'NHWC' };
    for (let i = 0; i < 3; i++) {
      tf
        .engine()
        .runKernel(
          'Conv2DBackpropFilter',
          { x, dy },
          { ...attributes, filterShape: filter.shape },
        ) as tf.Tensor;
    }
    tf.tidy(() => {
      for (let i = 0; i < 3; i++) {
        tf.engine().runKernel('Conv2DBackpropInput', { dy, filter }, { ...attributes, inputShape: x.shape });
      }
    });
    expect([tf.memory().numTensors, backend.numDataIds()]).toEqual([before[0]! + 3, before[1]! + 3]);
  });

  it('refuse NCHW by name, as the backend does in the forward pass', async () => {
    await tf.setBackend('wasm');
    const x = seededTensor([1, 2, 5, 5], 1);
    const dy = seededTensor([1, 2, 5, 5], 2);
    const attributes = { strides: 1, pad: 'same', dataFormat: 'NCHW', filterShape: [3, 3, 2, 2] };
    expect(() => tf.engine().runKernel('Conv2DBackpropFilter', { x, dy }, attributes)).toThrow(
      'Conv2DBackpropFilter: this gradient is known for NHWC convolutions only; received NCHW',
    );
  });

  it('use SIMD', async () => {
    expect(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')).toBe(true);
  });
});

import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBestBackend } from '../../src/index';
import { registerWasmGradients } from '../../src/wasm/index';
import { seededTensor } from './seeded-tensor';

interface Convolution {
  readonly input: [number, number, number, number];
  readonly filter: [number, number, number, number];
  readonly strides: [number, number];
  readonly dilations: [number, number];
  readonly pad: 'same' | 'valid' | tf.backend_util.ExplicitPadding;
}

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
  const worst = Math.max(...actual.values.map((value, i) => Math.abs(value - expected.values[i])));
  expect(worst / scale).toBeLessThan(1e-5);
}

async function check(convolution: Convolution, isDepthwise: boolean): Promise<void> {
  const { input, filter: filterShape, strides, dilations, pad } = convolution;
  await tf.setBackend('cpu');
  const x = seededTensor(input, 1);
  const filter = seededTensor(filterShape, 2);
  const geometry = tf.backend_util.computeConv2DInfo(
    input,
    filterShape,
    strides,
    dilations,
    pad,
    undefined,
    isDepthwise,
  );
  const dy = seededTensor(geometry.outShape, 3);
  const shared = { strides, pad, dataFormat: 'NHWC', dilations };
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

  it('equal those of the cpu backend for any size, stride or dilation, and padding', async () => {
    const side = fc.integer({ min: 7, max: 11 });
    const small = fc.integer({ min: 1, max: 3 });
    const margin = fc.integer({ min: 0, max: 3 });
    const padding = fc.oneof(
      fc.constantFrom('same' as const, 'valid' as const),
      fc.tuple(margin, margin, margin, margin).map(
        ([top, bottom, left, right]): tf.backend_util.ExplicitPadding => [
          [0, 0],
          [top, bottom],
          [left, right],
          [0, 0],
        ],
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(small, side, side, small),
        fc.tuple(small, small, small),
        fc.tuple(small, small),
        fc.boolean(),
        padding,
        fc.boolean(),
        async (input, [height, width, outputs], steps, isDilated, pad, isDepthwise) => {
          const moves: Pick<Convolution, 'strides' | 'dilations'> = isDilated
            ? { strides: [1, 1], dilations: steps }
            : { strides: steps, dilations: [1, 1] };
          await check({ input, filter: [height, width, input[3], outputs], ...moves, pad }, isDepthwise);
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
    expect([tf.memory().numTensors, backend.numDataIds()]).toEqual([before[0] + 3, before[1] + 3]);
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

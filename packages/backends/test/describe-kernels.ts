import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type BackendName, useBestBackend } from '../src/index';
import * as reference from './reference-kernels';
import { seededTensor } from './wasm/seeded-tensor';

type Size = readonly [number, number];

interface Case {
  readonly image: Size;
  readonly filter: Size;
  readonly strides?: Size;
  readonly pad: reference.Pad;
  readonly dilations?: Size;
}

const explicit = (top: number, bottom: number, left: number, right: number) =>
  [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ] as tf.backend_util.ExplicitPadding;

const CASES: Record<string, Case> = {
  'stride 1, same': { image: [7, 7], filter: [3, 3], pad: 'same' },
  'stride 1, valid, oblong': { image: [7, 6], filter: [3, 2], pad: 'valid' },
  'stride 1, same, even filter': { image: [6, 5], filter: [2, 4], pad: 'same' },
  'stride 2, same, odd size': { image: [9, 7], filter: [3, 3], strides: [2, 2], pad: 'same' },
  'stride 2, same, even size': { image: [8, 8], filter: [3, 3], strides: [2, 2], pad: 'same' },
  'stride 2, valid, a row left over': { image: [10, 8], filter: [3, 3], strides: [2, 2], pad: 'valid' },
  'strides of 1 and 2': { image: [7, 9], filter: [3, 3], strides: [1, 2], pad: 'same' },
  'strides wider than the filter': { image: [10, 11], filter: [2, 2], strides: [3, 3], pad: 'valid' },
  '1×1': { image: [5, 6], filter: [1, 1], pad: 'valid' },
  '1×1, stride 2, odd size': { image: [7, 7], filter: [1, 1], strides: [2, 2], pad: 'same' },
  '7×7, stride 2, padding of 3 (the stem of ResNet)': {
    image: [15, 14],
    filter: [7, 7],
    strides: [2, 2],
    pad: explicit(3, 3, 3, 3),
  },
  '3×3, stride 2, padding of 1 (the pooling of ResNet)': {
    image: [9, 8],
    filter: [3, 3],
    strides: [2, 2],
    pad: explicit(1, 1, 1, 1),
  },
  '3×3, stride 2, padding of 0 and 1 (MobileNet)': {
    image: [8, 8],
    filter: [3, 3],
    strides: [2, 2],
    pad: explicit(0, 1, 0, 1),
  },
  'padding by one number': { image: [6, 7], filter: [3, 3], pad: 1 },
  'uneven padding, odd size': { image: [7, 5], filter: [3, 3], strides: [2, 2], pad: explicit(0, 1, 2, 1) },
  'as large as the image': { image: [4, 4], filter: [4, 4], pad: 'valid' },
};

const FOR_CONVOLUTIONS: Record<string, Case> = {
  'padding wider than the filter': { image: [5, 5], filter: [2, 2], pad: explicit(3, 0, 1, 3) },
  '1×1 with padding, stride 2': { image: [4, 4], filter: [1, 1], strides: [2, 2], pad: explicit(1, 1, 1, 1) },
  'dilated by 2, same': { image: [9, 8], filter: [3, 3], dilations: [2, 2], pad: 'same' },
  'dilated by 2 and 3, valid': { image: [9, 10], filter: [3, 3], dilations: [2, 3], pad: 'valid' },
  'dilated by 2, explicit padding': {
    image: [7, 9],
    filter: [3, 3],
    dilations: [2, 2],
    pad: explicit(2, 1, 0, 2),
  },
};

const windowOf = ({ strides = [1, 1], pad, dilations = [1, 1] }: Case): reference.Window => ({
  strides,
  pad,
  dilations,
});

const numbers = async (tensor: tf.Tensor) => ({
  shape: tensor.shape,
  values: (await tensor.data()) as Float32Array,
});

/** A kernel of the backend beside what it should give. WebGPU's numbers can't be read at once. */
async function check(
  kernel: string,
  inputs: Record<string, tf.Tensor>,
  attributes: object,
  expected: Float32Array,
  shape: readonly number[],
): Promise<void> {
  const output = tf.engine().runKernel(kernel, inputs, attributes as tf.NamedAttrMap) as tf.Tensor;
  expect(output.shape, kernel).toEqual(shape);
  const actual = await output.data();
  output.dispose();
  const scale = Math.max(1, ...expected.map(Math.abs));
  const worst = Math.max(...expected.map((value, i) => Math.abs(value - actual[i])));
  expect(worst / scale, kernel).toBeLessThan(1e-5);
}

/** Defines the tests that compare a backend's kernels with plain loops. */
export function describeKernels(name: BackendName): void {
  describe(`on ${name}`, () => kernelTests(name));
}

function kernelTests(name: BackendName): void {
  it('kernels are put in place once, however often the backend is taken', async () => {
    await useBestBackend({ prefer: [name], wasmPath: '/', log: () => {} });
    const before = tf.getKernelsForBackend(tf.getBackend()).map(({ kernelFunc }) => kernelFunc);
    await useBestBackend({ prefer: [name], wasmPath: '/', log: () => {} });
    const after = tf.getKernelsForBackend(tf.getBackend()).map(({ kernelFunc }) => kernelFunc);
    expect(new Set(after)).toEqual(new Set(before));
  });

  it('a kernel that is made of others leaves its result alone behind, within tidy and without', async () => {
    await useBestBackend({ prefer: [name], wasmPath: '/', log: () => {} });
    const image = seededTensor([1, 6, 6, 2], 1);
    const filter = seededTensor([3, 3, 2, 1], 2);
    const window = { strides: [1, 1], pad: explicit(2, 2, 2, 2), dilations: [2, 2], dataFormat: 'NHWC' };
    const inputShape = [1, 6, 6, 2];
    const pooling = { filterSize: [3, 3], strides: [1, 1], pad: explicit(1, 1, 1, 1) };
    const runs: [string, Record<string, tf.Tensor>, object][] = [
      ['DepthwiseConv2dNativeBackpropInput', { dy: image, filter }, { ...window, inputShape }],
      [
        'DepthwiseConv2dNativeBackpropFilter',
        { x: image, dy: image },
        { ...window, filterShape: filter.shape },
      ],
      ['AvgPool', { x: image }, pooling],
      ['AvgPoolGrad', { dy: image, input: image }, pooling],
    ];
    const backend = tf.backend() as unknown as { numDataIds(): number };
    const alive = () => [tf.memory().numTensors, backend.numDataIds()];
    for (const [kernel, inputs, attributes] of runs) {
      const [tensors, data] = alive() as [number, number];
      const output = tf.engine().runKernel(kernel, inputs, attributes as tf.NamedAttrMap) as tf.Tensor;
      expect(alive(), kernel).toEqual([tensors + 1, data + 1]);
      output.dispose();
      tf.tidy(() => {
        tf.engine().runKernel(kernel, inputs, attributes as tf.NamedAttrMap);
      });
      expect(alive(), kernel).toEqual([tensors, data]);
    }
    tf.dispose([image, filter]);
  });

  const run = async (body: () => Promise<void>) => {
    await useBestBackend({ prefer: [name], wasmPath: '/', log: () => {} });
    const engine = tf.engine();
    engine.startScope();
    try {
      await body();
    } finally {
      engine.endScope();
    }
  };

  describe.each([
    ['a convolution', false, 3, 4],
    ['a depthwise convolution', true, 3, 1],
    ['a depthwise convolution with two outputs a channel', true, 3, 2],
  ])('%s is what its definition says, and so are its gradients:', (_, isDepthwise, channels, last) => {
    // On a processor TensorFlow itself refuses a depthwise convolution of two different strides.
    const isKnown = ({ strides: [down, right] = [1, 1] }: Case) =>
      name !== 'native' || !isDepthwise || down === right;
    const cases = Object.entries({ ...CASES, ...FOR_CONVOLUTIONS }).filter(([, one]) => isKnown(one));
    it.each(cases)('%s', async (_, one) => {
      const window = windowOf(one);
      const input: reference.Shape = [2, ...one.image, channels];
      const filterShape: reference.Shape = [...one.filter, channels, last];
      const output = reference.outputShape(input, filterShape, window, isDepthwise);
      await run(async () => {
        const x = seededTensor([...input], 1);
        const filter = seededTensor([...filterShape], 2);
        const dy = seededTensor([...output], 3);
        const attributes = { ...window, dataFormat: 'NHWC' };
        const kernel = isDepthwise ? 'DepthwiseConv2dNative' : 'Conv2D';
        const y = reference.convolution(await numbers(x), await numbers(filter), window, isDepthwise);
        await check(kernel, { x, filter }, attributes, y, output);

        const bias = seededTensor([output[3]], 4);
        const shift = await bias.data();
        const activated = y.map((value, i) => Math.max(0, value + shift[i % output[3]]));
        const fused = isDepthwise ? 'FusedDepthwiseConv2D' : 'FusedConv2D';
        await check(fused, { x, filter, bias }, { ...attributes, activation: 'relu' }, activated, output);

        const toInput = reference.convolutionToInput(
          await numbers(dy),
          await numbers(filter),
          input,
          window,
          isDepthwise,
        );
        await check(
          `${kernel}BackpropInput`,
          { dy, filter },
          { ...attributes, inputShape: [...input] },
          toInput,
          input,
        );

        const toFilter = reference.convolutionToFilter(
          await numbers(x),
          await numbers(dy),
          filterShape,
          window,
          isDepthwise,
        );
        const wanted = { ...attributes, filterShape: [...filterShape] };
        await check(`${kernel}BackpropFilter`, { x, dy }, wanted, toFilter, filterShape);
      });
    });
  });

  describe.each([
    ['max', 'MaxPool'],
    ['average', 'AvgPool'],
  ] as const)('%s pooling is what its definition says, and so is its gradient:', (kind, kernel) => {
    it.each(Object.entries(CASES))('%s', async (_, one) => {
      const window = windowOf(one);
      const input: reference.Shape = [2, ...one.image, 3];
      const outputShape = reference.pooledShape(input, one.filter, window);
      await run(async () => {
        // All below zero: padding must not count as a zero.
        const x = tf.sub(seededTensor([...input], 1), 2);
        const dy = seededTensor([...outputShape], 3);
        const { strides, pad } = window;
        const attributes = { filterSize: [...one.filter], strides: [...strides], pad };
        const y = reference.pooling(kind, await numbers(x), one.filter, window);
        await check(kernel, { x }, attributes, y, outputShape);
        const output = tf.tensor(y, [...outputShape]);
        const dx = reference.poolingToInput(kind, await numbers(x), await numbers(dy), one.filter, window);
        const inputs = { dy, input: x, ...(kind === 'max' ? { output } : {}) };
        await check(`${kernel}Grad`, inputs, attributes, dx, input);
      });
    });
  });
}

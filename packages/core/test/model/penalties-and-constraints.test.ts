import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freeze, unfreeze } from '../../src';
import { modelProgram } from '../../src/model/model-program';
import { Program } from '../../src/program/ir';
import { input } from '../../src/program/operations/sources';
import { interpreted } from '../../src/run/interpret';

const { layers, regularizers, constraints } = tfl;

beforeEach(() => tf.setBackend('cpu'));
afterEach(() => tf.disposeVariables());

/** A layer on maps of 4×4×2, twice in one model. */
function twice(layer: tfl.layers.Layer): tfl.LayersModel {
  const inputs = [tfl.input({ shape: [4, 4, 2] }), tfl.input({ shape: [4, 4, 2] })];
  return tfl.model({ inputs, outputs: inputs.map((x) => layer.apply(x) as tfl.SymbolicTensor) });
}

async function penaltyOf(model: tfl.LayersModel): Promise<number | undefined> {
  const { program, penalties } = modelProgram(model, { training: true });
  if (!penalties) return undefined;
  const runner = interpreted({ penalties: { program, outputs: penalties } });
  const values = await runner.run('penalties', new Map());
  const total = values.reduce((sum, value) => sum + value.dataSync()[0], 0);
  runner.dispose();
  tf.dispose(values);
  return total;
}

describe('penalties', () => {
  const l1 = regularizers.l1({ l1: 0.1 });
  const l2 = regularizers.l2({ l2: 0.2 });
  const both = regularizers.l1l2({ l1: 0.1, l2: 0.3 });
  test.each<[string, () => tfl.layers.Layer]>([
    ['of a kernel', () => layers.conv2d({ filters: 2, kernelSize: 3, kernelRegularizer: l2 })],
    [
      'of kernel and bias',
      () => layers.dense({ units: 2, kernelRegularizer: l1, biasRegularizer: both, biasInitializer: 'ones' }),
    ],
    [
      'of both kernels of a separable convolution',
      () =>
        layers.separableConv2d({
          filters: 2,
          kernelSize: 2,
          depthwiseRegularizer: both,
          pointwiseRegularizer: l2,
        }),
    ],
    ['of a depthwise kernel', () => layers.depthwiseConv2d({ kernelSize: 2, depthwiseRegularizer: l1 })],
    [
      'of gamma and beta',
      () => layers.batchNormalization({ gammaRegularizer: l2, betaRegularizer: l1, betaInitializer: 'ones' }),
    ],
    ['of slopes', () => layers.prelu({ alphaRegularizer: both, alphaInitializer: 'ones' })],
  ])('%s are TensorFlow.js’ own, counted once though the layer is called twice', async (_, make) => {
    const layer = make();
    const model = twice(layer);
    const expected = tf.tidy(() => tf.addN(layer.calculateLosses()).dataSync()[0]);
    expect(expected).toBeGreaterThan(0);
    expect(await penaltyOf(model)).toBeCloseTo(expected, 5);
  });

  test('come from layers that learn alone, as in Keras 3', async () => {
    const model = twice(layers.conv2d({ filters: 2, kernelSize: 3, kernelRegularizer: l2 }));
    freeze(model);
    expect(await penaltyOf(model)).toBe(0);
    unfreeze(model);
    expect(await penaltyOf(model)).toBeGreaterThan(0);
  });

  test('are not known where a layer adds to the loss by a function of its own', async () => {
    const layer = layers.conv2d({ filters: 2, kernelSize: 3, kernelRegularizer: l2 });
    layer.addLoss(() => tf.scalar(1));
    expect(await penaltyOf(twice(layer))).toBeUndefined();
  });
});

describe('constraints', () => {
  const norms = { minValue: 0.5, maxValue: 0.8, rate: 0.7 };
  test.each([
    ['nonNeg', constraints.nonNeg()],
    ['unitNorm', constraints.unitNorm({ axis: 0 })],
    ['unitNorm over three axes', constraints.unitNorm({ axis: [0, 1, 2] as never })],
    ['maxNorm', constraints.maxNorm({ maxValue: 0.5, axis: 0 })],
    ['maxNorm as it is', constraints.maxNorm({})],
    ['minMaxNorm', constraints.minMaxNorm({ ...norms, axis: 1 })],
  ])('%s makes of a new weight what TensorFlow.js makes of it', async (_, kernelConstraint) => {
    const layer = layers.conv2d({ filters: 2, kernelSize: 3, kernelConstraint });
    const found = modelProgram(twice(layer), { training: true }).constraints;
    const kernel = layer.weights[0].read() as tf.Variable;
    expect([...found.keys()]).toEqual([kernel]);

    const program = new Program();
    const given = input(program, [], { name: 'weight', sizes: kernel.shape });
    const constrained = found.get(kernel)!(program, given);
    const runner = interpreted({ constrained: { program, outputs: [constrained] } });
    const weight = tf.randomNormal(kernel.shape, 0, 1, 'float32', 3);
    const [value] = await runner.run('constrained', new Map([[given, weight]]));
    const expected = (kernelConstraint as unknown as { apply(w: tf.Tensor): tf.Tensor }).apply(weight);
    expect(tf.max(tf.abs(tf.sub(value, expected))).dataSync()[0]).toBeLessThan(1e-6);
    expect(tf.max(tf.abs(tf.sub(value, weight))).dataSync()[0]).toBeGreaterThan(0.001);
  });

  test('of a class that isn’t known are told of', () => {
    class Odd extends tf.serialization.Serializable {
      static readonly className = 'Odd';

      getConfig(): tf.serialization.ConfigDict {
        return {};
      }

      apply(weight: tf.Tensor): tf.Tensor {
        return tf.neg(weight);
      }
    }
    tf.serialization.registerClass(Odd);
    const layer = layers.dense({ units: 2, kernelConstraint: 'Odd' as never });
    expect([...modelProgram(twice(layer), { training: true }).constraints.values()]).toEqual([undefined]);
  });
});

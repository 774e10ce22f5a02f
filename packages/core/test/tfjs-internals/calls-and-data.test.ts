import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, expect, test } from 'vitest';
import { compiledWith } from '../../src/tfjs-internals/compiled-model';
import { replaceCall } from '../../src/tfjs-internals/layer-call';
import { heldBy } from '../../src/tfjs-internals/variable-data';

afterEach(() => tf.disposeVariables());

test('a replaced call is what a layer computes however it is run, and training is told', async () => {
  const layer = tfl.layers.activation({ activation: 'relu', inputShape: [2] });
  const model = tfl.sequential({ layers: [layer] });
  const nested = tfl.sequential({ layers: [model] });
  const asked: boolean[] = [];
  replaceCall(layer, (x, training) => {
    asked.push(training);
    return tf.mul(x, training ? 3 : 2);
  });
  const x = tf.tensor2d([[-1, 4]]);
  const values = (y: unknown) => [...(y as tf.Tensor).dataSync()];
  expect(values(nested.predict(x))).toEqual([-2, 8]);
  expect(values(nested.apply(x))).toEqual([-2, 8]);
  expect(values(nested.apply(x, { training: true }))).toEqual([-3, 12]);
  expect(layer.getConfig()).toMatchObject({ activation: 'relu' });
  expect(new Set(asked)).toEqual(new Set([false, true]));
});

test('a compiled model tells its optimizer, loss and metrics', () => {
  const model = tfl.sequential({ layers: [tfl.layers.dense({ units: 1, inputShape: [2] })] });
  expect(compiledWith(model)).toBeUndefined();
  const optimizer = tf.train.sgd(0.1);
  model.compile({ optimizer, loss: 'meanSquaredError', metrics: ['accuracy'] });
  expect(compiledWith(model)).toEqual({ optimizer, loss: 'meanSquaredError', metrics: ['accuracy'] });
});

test('a variable that is assigned to has other data from then on', () => {
  const variable = tf.variable(tf.scalar(1));
  const before = variable.dataId;
  variable.assign(tf.scalar(2));
  expect(variable.dataId).not.toBe(before);
});

/** A backend that holds one number. */
class One extends tf.KernelBackend {
  disposed = 0;

  constructor(readonly dataId: object) {
    super();
  }

  override readSync(): tf.BackendValues {
    return Float32Array.of(7);
  }

  override async read(): Promise<tf.BackendValues> {
    return this.readSync();
  }

  override refCount(dataId: object): number {
    return Number(dataId === this.dataId);
  }

  override disposeData(): boolean {
    this.disposed += 1;
    return true;
  }

  override numDataIds(): number {
    return 1;
  }
}

test('a variable’s data can lie in a backend of one’s own: whoever reads it is given what that has', async () => {
  const variable = tf.variable(tf.tensor1d([1]));
  const { numTensors, numBytes } = tf.memory();
  const dataId = {};
  const one = new One(dataId);
  heldBy(one, variable, dataId);
  expect(tf.memory()).toMatchObject({ numTensors, numBytes });
  expect([...variable.dataSync()]).toEqual([7]);
  expect([...(await variable.data())]).toEqual([7]);
  const doubled = tf.mul(variable, 2);
  expect([...doubled.dataSync()]).toEqual([14]);
  doubled.dispose();
  variable.assign(tf.tensor1d([3]));
  expect([...variable.dataSync()]).toEqual([3]);
  variable.dispose();
});

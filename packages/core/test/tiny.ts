import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import type { Backbone, Classifier, LabelledImages } from '../src';
import { permutation, random } from '../src/training/random';
import { modelWeights } from '../src/weights/model-weights';

export const LABELS = ['Bright', 'Red'];

/** 8×8 images, some bright, some reddish: two labels that a small network can learn. */
export function tinyImages(length: number, seed = 1, labels: readonly string[] = LABELS): LabelledImages {
  const next = random(seed);
  const pixels = new Uint8Array(length * 8 * 8 * 3);
  const y = new Uint8Array(length * 2);
  for (let row = 0; row < length; row++) {
    const bright = next() < 0.5;
    const red = next() < 0.4;
    y.set([Number(bright), Number(red)], row * 2);
    for (let i = 0; i < 8 * 8; i++) {
      const base = (bright ? 140 : 60) + 50 * next();
      pixels.set([base + (red ? 50 : 0), base, base], (row * 64 + i) * 3);
    }
  }
  return {
    length,
    ids: Array.from({ length }, (_, row) => `${row}.jpg`),
    labels,
    y,
    async *batches({ batchSize, shuffle, seed = 0, epoch = 0, signal }) {
      const order = shuffle
        ? permutation(length, random(seed, epoch))
        : Int32Array.from({ length }, (_, i) => i);
      for (let start = 0; start < length; start += batchSize) {
        signal?.throwIfAborted();
        const rows = order.slice(start, start + batchSize);
        yield {
          rows,
          pixels: Uint8Array.from(
            rows.length === 0
              ? []
              : [...rows].flatMap((row) => [...pixels.subarray(row * 192, (row + 1) * 192)]),
          ),
          shape: [rows.length, 8, 8, 3],
          y: Uint8Array.from([...rows].flatMap((row) => [y[row * 2], y[row * 2 + 1]])),
        };
      }
    },
  };
}

/** Two convolutions with BatchNormalization, a residual addition, for 8×8 images. */
export function tinyBackbone(name = 'tiny'): Backbone {
  const input = tfl.input({ shape: [8, 8, 3], name: 'image' });
  const init = (seed: number) => tfl.initializers.glorotUniform({ seed });
  const conv = (x: tfl.SymbolicTensor, stage: string, seed: number) => {
    const y = tfl.layers
      .conv2d({
        filters: 4,
        kernelSize: 3,
        padding: 'same',
        kernelInitializer: init(seed),
        name: `${stage}_conv`,
      })
      .apply(x);
    const z = tfl.layers.batchNormalization({ name: `${stage}_bn` }).apply(y);
    return tfl.layers
      .activation({ activation: 'relu', name: `${stage}_relu` })
      .apply(z) as tfl.SymbolicTensor;
  };
  const a = conv(input, 'one', 1);
  const b = conv(a, 'two', 2);
  const sum = tfl.layers.add({ name: 'two_add' }).apply([a, b]) as tfl.SymbolicTensor;
  return {
    name,
    model: tfl.model({ inputs: input, outputs: sum, name }),
    preprocessing: { channelOrder: 'rgb', mean: [127.5, 127.5, 127.5], scale: 1 / 127.5 },
    stages: [
      { name: 'one', layers: ['image', 'one_conv', 'one_bn', 'one_relu'] },
      { name: 'two', layers: ['two_conv', 'two_bn', 'two_relu', 'two_add'] },
    ],
  };
}

/** Every weight's bytes by name, to compare before and after. */
export function bytes(target: tfl.LayersModel | Classifier): Record<string, string> {
  const model = 'model' in target ? target.model : target;
  return Object.fromEntries(
    modelWeights(model).map(({ name, variable }) => {
      const values = variable.dataSync<'float32'>();
      // A character a byte, in a browser too.
      return [name, new TextDecoder('latin1').decode(values)];
    }),
  );
}

/** Names of the weights that differ. */
export function changed(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys(before).filter((name) => before[name] !== after[name]);
}

export function tensorCount(): number {
  return tf.memory().numTensors;
}

import * as tfl from '@tensorflow/tfjs-layers';
import type { Backbone } from '@thawjs/core';
import { serveTraining } from '../src/worker';

/** Two convolutions with BatchNormalization for 8×8 images, with weights that are the same at each start. */
function tiny(): Backbone {
  const image = tfl.input({ shape: [8, 8, 3], name: 'image' });
  const block = (x: tfl.SymbolicTensor, name: string, seed: number) => {
    const kernelInitializer = tfl.initializers.glorotUniform({ seed });
    const conv = tfl.layers.conv2d({
      filters: 4,
      kernelSize: 3,
      padding: 'same',
      useBias: false,
      kernelInitializer,
      name: `${name}_conv`,
    });
    const normed = tfl.layers.batchNormalization({ name: `${name}_bn` }).apply(conv.apply(x));
    return tfl.layers.reLU({ name: `${name}_relu` }).apply(normed) as tfl.SymbolicTensor;
  };
  const outputs = block(block(image, 'one', 1), 'two', 2);
  return {
    name: 'tiny',
    model: tfl.model({ inputs: image, outputs, name: 'tiny' }),
    preprocessing: { channelOrder: 'rgb', mean: [127.5, 127.5, 127.5], scale: 1 / 127.5 },
    stages: ['one', 'two'].map((name) => ({
      name,
      layers: [`${name}_conv`, `${name}_bn`, `${name}_relu`],
    })),
  };
}

serveTraining({ backbones: { tiny } });

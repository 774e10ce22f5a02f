import * as tfl from '@tensorflow/tfjs-layers';
import { type Backbone, GroupNormalization, Subtract } from '../../src';

const RGB = { channelOrder: 'rgb', mean: [120, 115, 110], scale: [0.01, 0.02, 0.03] } as const;

const apply = (layer: tfl.layers.Layer, ...x: tfl.SymbolicTensor[]) =>
  layer.apply(x.length > 1 ? x : x[0]) as tfl.SymbolicTensor;

/** Patches as tokens. */
export function tokens(): Backbone {
  const { layers } = tfl;
  const image = tfl.input({ shape: [32, 32, 3], name: 'image' });
  const patches = apply(layers.conv2d({ filters: 8, kernelSize: 8, strides: 8, name: 'patches' }), image);
  const rows = apply(layers.reshape({ targetShape: [16, 8], name: 'rows' }), patches);
  const outputs = apply(
    layers.dense({ units: 8, activation: 'gelu', name: 'mixed' }),
    apply(layers.layerNormalization({ name: 'norm' }), rows),
  );
  return { name: 'tokens', model: tfl.model({ inputs: image, outputs }), preprocessing: RGB, stages: [] };
}

/** Layers that no backbone has, a model inside a model, and a layer that is used twice. */
export function variedBackbone(): Backbone {
  const { layers } = tfl;
  const image = tfl.input({ shape: [32, 32, 3], name: 'image' });
  const odd = apply(
    layers.conv2d({ filters: 8, kernelSize: [3, 2], strides: [2, 1], padding: 'same' }),
    image,
  );
  const inner = tfl.input({ shape: [16, 32, 8], name: 'inner_image' });
  const shared = layers.conv2d({ filters: 8, kernelSize: 3, padding: 'same', name: 'shared' });
  const twice = apply(shared, apply(layers.elu(), apply(shared, inner)));
  const nested = tfl.model({
    inputs: inner,
    outputs: apply(layers.batchNormalization({ name: 'inner_norm' }), twice),
    name: 'inner',
  });
  const x = nested.apply(odd) as tfl.SymbolicTensor;
  const chained = tfl.sequential({
    name: 'chained',
    layers: [
      layers.separableConv2d({ filters: 8, kernelSize: 3, padding: 'same', inputShape: [16, 32, 8] }),
      layers.leakyReLU({ alpha: 0.1 }),
    ],
  });
  const chain = chained.apply(x) as tfl.SymbolicTensor;
  const merged = [
    apply(layers.add(), x, chain),
    apply(new Subtract({}), x, chain),
    apply(layers.maximum(), x, chain),
    apply(layers.minimum(), x, chain),
    apply(layers.multiply(), x, chain),
    apply(layers.average(), x, chain),
  ];
  const together = apply(layers.concatenate(), ...merged);
  const normal = apply(new GroupNormalization({ groups: 4 }), together);
  const padded = apply(
    layers.zeroPadding2d({
      padding: [
        [1, 2],
        [0, 3],
      ],
    }),
    normal,
  );
  const pooled = apply(
    layers.averagePooling2d({ poolSize: 2, strides: 2, padding: 'same' }),
    apply(layers.maxPooling2d({ poolSize: 3, strides: 1, padding: 'same' }), padded),
  );
  const cropped = apply(layers.cropping2D({ cropping: 1 }), pooled);
  const grown = apply(layers.upSampling2d({ size: [2, 1] }), cropped);
  const turned = apply(layers.permute({ dims: [2, 1, 3] }), grown);
  const rectified = apply(
    layers.prelu({ sharedAxes: [1, 2] }),
    apply(layers.thresholdedReLU({ theta: 0.1 }), turned),
  );
  const outputs = (['swish', 'mish', 'selu', 'softplus', 'softsign', 'tanh', 'gelu'] as const).reduce(
    (y, activation) => apply(layers.activation({ activation: activation as 'tanh' }), y),
    apply(layers.dropout({ rate: 0.1 }), rectified),
  );
  return { name: 'layers', model: tfl.model({ inputs: image, outputs }), preprocessing: RGB, stages: [] };
}

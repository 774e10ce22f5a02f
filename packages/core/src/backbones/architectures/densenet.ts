import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { Architecture } from './architecture';
import type { Form, NetworkBuilder } from './network-builder';

const GROWTH = 32;

/**
 * DenseNet, in which every layer of a block reads the outputs of all layers before it. Layers are named as in Keras'
 * `applications.DenseNet121`.
 *
 * Huang et al., "Densely connected convolutional networks", CVPR 2017.
 */
export function denseNet({
  blocks,
  form,
}: {
  readonly blocks: readonly number[];
  readonly form: Form;
}): Architecture {
  return {
    style: { form, epsilon: form === 'keras' ? 1.001e-5 : 1e-5, momentum: form === 'keras' ? 0.99 : 0.9 },
    firstLayer: 'conv1_conv',
    smallestSide: 32,
    stageOf(layer) {
      const [, dense, pool] = /^(?:conv([2-9])|pool([2-9]))_/.exec(layer) ?? [];
      if (dense ?? pool) return `conv${dense ?? pool}`;
      return /^(bn|relu|avg_pool|predictions)$/.test(layer) ? 'top' : 'conv1';
    },
    aliases: form === 'keras' ? () => [] : torchAliases,
    build(image, builder, classes) {
      let x = builder.zeroPad(image, 3, 'zero_padding2d');
      const first = { filters: 64, kernelSize: 7, strides: 2, useBias: false, name: 'conv1_conv' };
      x = layers.conv2d({ ...first, kernelInitializer: builder.initializer() }).apply(x) as SymbolicTensor;
      x = builder.activation(builder.batchNorm(x, 'conv1_bn'), 'relu', 'conv1_relu');
      x = builder.zeroPad(x, 1, 'zero_padding2d_1');
      x = layers.maxPooling2d({ poolSize: 3, strides: 2, name: 'pool1' }).apply(x) as SymbolicTensor;
      for (const [b, count] of blocks.entries()) {
        for (let i = 1; i <= count; i++) x = denseLayer(x, builder, `conv${b + 2}_block${i}`);
        if (b < blocks.length - 1) x = transition(x, builder, `pool${b + 2}`);
      }
      x = builder.activation(builder.batchNorm(x, 'bn'), 'relu', 'relu');
      if (classes === 0) return x;
      return builder.dense(builder.averagePool(x, 'avg_pool'), 'predictions', classes, 'softmax');
    },
  };
}

function denseLayer(x: SymbolicTensor, builder: NetworkBuilder, name: string): SymbolicTensor {
  let y = builder.activation(builder.batchNorm(x, `${name}_0_bn`), 'relu', `${name}_0_relu`);
  y = builder.batchNorm(builder.convolution(y, `${name}_1_conv`, 4 * GROWTH), `${name}_1_bn`);
  y = builder.activation(y, 'relu', `${name}_1_relu`);
  y = builder.convolution(y, `${name}_2_conv`, GROWTH, { kernel: 3 });
  return layers.concatenate({ name: `${name}_concat` }).apply([x, y]) as SymbolicTensor;
}

function transition(x: SymbolicTensor, builder: NetworkBuilder, name: string): SymbolicTensor {
  let y = builder.activation(builder.batchNorm(x, `${name}_bn`), 'relu', `${name}_relu`);
  y = builder.convolution(y, `${name}_conv`, Math.floor(x.shape[3]! / 2));
  return layers
    .averagePooling2d({ poolSize: 2, strides: 2, name: `${name}_pool` })
    .apply(y) as SymbolicTensor;
}

/** The layer's names in torchvision and timm. In torchvision's published file, those of a block's layers have one more dot. */
function torchAliases(layer: string): readonly string[] {
  const fixed: Readonly<Record<string, string>> = {
    conv1_conv: 'features.conv0',
    conv1_bn: 'features.norm0',
    bn: 'features.norm5',
    predictions: 'classifier',
  };
  if (fixed[layer]) return [fixed[layer]];
  const [, block, index, part, kind] = /^conv(\d)_block(\d+)_(\d)_(conv|bn)$/.exec(layer) ?? [];
  if (block !== undefined) {
    const [its, number] = kind === 'bn' ? ['norm', Number(part) + 1] : ['conv', part];
    const inBlock = `features.denseblock${Number(block) - 1}.denselayer${index}`;
    return [`${inBlock}.${its}${number}`, `${inBlock}.${its}.${number}`];
  }
  const [, pool, its] = /^pool(\d)_(conv|bn)$/.exec(layer) ?? [];
  return pool === undefined
    ? []
    : [`features.transition${Number(pool) - 1}.${its === 'bn' ? 'norm' : 'conv'}`];
}

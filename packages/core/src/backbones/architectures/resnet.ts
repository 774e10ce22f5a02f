import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { Architecture } from './architecture';
import type { Form, NetworkBuilder } from './network-builder';

/** The depth of a ResNet and the kind of its blocks. */
export interface ResNetSettings {
  /** The number of blocks in each of the four stages. */
  readonly blocks: readonly [number, number, number, number];
  /** Whether a block has three convolutions, the outer ones 1×1; otherwise it has two. */
  readonly bottleneck: boolean;
  /**
   * In Keras' form the first convolution of a bottleneck has the stride and a bias, and epsilon is 1.001e-5. In
   * PyTorch's form the second convolution has the stride, and epsilon is 1e-5.
   */
  readonly form: Form;
}

/**
 * ResNet, with layers named as in Keras' `applications.ResNet50`.
 *
 * He et al., "Deep residual learning for image recognition", CVPR 2016.
 */
export function resNet({ blocks, bottleneck, form }: ResNetSettings): Architecture {
  const bias = form === 'keras';
  return {
    style: {
      form: 'torch',
      epsilon: form === 'keras' ? 1.001e-5 : 1e-5,
      momentum: form === 'keras' ? 0.99 : 0.9,
    },
    firstLayer: 'conv1_conv',
    smallestSide: 32,
    stageOf: (layer) => /^conv[2-5]/.exec(layer)?.[0] ?? (/^(avg|pred)/.test(layer) ? 'top' : 'conv1'),
    aliases: form === 'keras' ? kerasAliases : torchAliases,
    build(image, builder, classes) {
      let x = builder.zeroPad(image, 3, 'conv1_pad');
      const first = { filters: 64, kernelSize: 7, strides: 2, useBias: bias, name: 'conv1_conv' };
      x = layers.conv2d({ ...first, kernelInitializer: builder.initializer() }).apply(x) as SymbolicTensor;
      x = builder.activation(builder.batchNorm(x, 'conv1_bn'), 'relu', 'conv1_relu');
      x = builder.zeroPad(x, 1, 'pool1_pad');
      x = layers.maxPooling2d({ poolSize: 3, strides: 2, name: 'pool1_pool' }).apply(x) as SymbolicTensor;
      for (const [stage, count] of blocks.entries()) {
        for (let i = 1; i <= count; i++) {
          const strides = i === 1 && stage > 0 ? 2 : 1;
          const name = `conv${stage + 2}_block${i}`;
          x = (bottleneck ? bottleneckBlock : basicBlock)(
            x,
            builder,
            name,
            64 * 2 ** stage,
            strides,
            form,
            i === 1,
          );
        }
      }
      if (classes === 0) return x;
      return builder.dense(builder.averagePool(x, 'avg_pool'), 'predictions', classes, 'softmax');
    },
  };
}

function bottleneckBlock(
  x: SymbolicTensor,
  builder: NetworkBuilder,
  name: string,
  filters: number,
  strides: number,
  form: Form,
  widens: boolean,
): SymbolicTensor {
  const bias = form === 'keras';
  const [outer, inner] = form === 'keras' ? [strides, 1] : [1, strides];
  const shortcut = widens ? normed(x, builder, `${name}_0`, 4 * filters, { strides, bias }) : x;
  let y = normed(x, builder, `${name}_1`, filters, { strides: outer, bias });
  y = builder.activation(y, 'relu', `${name}_1_relu`);
  y = normed(y, builder, `${name}_2`, filters, { kernel: 3, strides: inner, bias });
  y = builder.activation(y, 'relu', `${name}_2_relu`);
  y = normed(y, builder, `${name}_3`, 4 * filters, { bias });
  return builder.activation(builder.add(shortcut, y, `${name}_add`), 'relu', `${name}_out`);
}

function basicBlock(
  x: SymbolicTensor,
  builder: NetworkBuilder,
  name: string,
  filters: number,
  strides: number,
  form: Form,
): SymbolicTensor {
  const bias = form === 'keras';
  const widens = strides > 1 || x.shape[3] !== filters;
  const shortcut = widens ? normed(x, builder, `${name}_0`, filters, { strides, bias }) : x;
  let y = normed(x, builder, `${name}_1`, filters, { kernel: 3, strides, bias });
  y = builder.activation(y, 'relu', `${name}_1_relu`);
  y = normed(y, builder, `${name}_2`, filters, { kernel: 3, bias });
  return builder.activation(builder.add(shortcut, y, `${name}_add`), 'relu', `${name}_out`);
}

function normed(
  x: SymbolicTensor,
  builder: NetworkBuilder,
  name: string,
  filters: number,
  options: { readonly kernel?: number; readonly strides?: number; readonly bias: boolean },
): SymbolicTensor {
  return builder.batchNorm(
    builder.convolution(x, `${name}_conv`, filters, options, `${name}_pad`),
    `${name}_bn`,
  );
}

/** The names of the top's dense layer in Keras' first files. */
function kerasAliases(layer: string): readonly string[] {
  return layer === 'predictions' ? ['probs', 'fc1000'] : [];
}

/** The layer's name in torchvision and timm, which is the same. */
function torchAliases(layer: string): readonly string[] {
  const fixed: Readonly<Record<string, string>> = { conv1_conv: 'conv1', conv1_bn: 'bn1', predictions: 'fc' };
  if (fixed[layer]) return [fixed[layer]];
  const [, stage, block, part, kind] = /^conv(\d)_block(\d+)_(\d)_(conv|bn)$/.exec(layer) ?? [];
  if (stage === undefined) return [];
  const inBlock = part === '0' ? `downsample.${kind === 'conv' ? 0 : 1}` : `${kind}${part}`;
  return [`layer${Number(stage) - 1}.${Number(block) - 1}.${inBlock}`];
}

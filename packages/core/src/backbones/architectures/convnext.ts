import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { LayerScale } from '../layer-scale';
import type { Architecture } from './architecture';
import type { NetworkBuilder } from './network-builder';

/** The depth and width of the four stages. */
export interface ConvNextSettings {
  /** The prefix of the layers' names in Keras. */
  readonly name: string;
  readonly depths: readonly [number, number, number, number];
  readonly widths: readonly [number, number, number, number];
}

/**
 * ConvNeXt: a ResNet with design choices of transformers. Layers are named as in Keras' `applications.ConvNeXtTiny`,
 * whose stem and downsampling are nested models; here their layers are part of the network itself.
 *
 * Without its top, the network gives the map of the last stage. Keras' top gives raw scores; here it gives
 * probabilities.
 *
 * Liu et al., "A ConvNet for the 2020s", CVPR 2022.
 */
export function convNext({ name, depths, widths }: ConvNextSettings): Architecture {
  return {
    style: { form: 'torch', epsilon: 1e-6, momentum: 0.99 },
    firstLayer: `${name}_stem_conv`,
    smallestSide: 32,
    stageOf(layer) {
      const [, stage] = /_stage_(\d)_/.exec(layer) ?? [];
      const [, down] = /_downsampling_\w+_(\d)$/.exec(layer) ?? [];
      if (stage !== undefined) return `stage${Number(stage) + 1}`;
      if (down !== undefined) return `stage${Number(down) + 2}`;
      return layer.includes('_head_') ? 'top' : 'stem';
    },
    aliases: (layer) => aliasesOf(layer.slice(name.length + 1)),
    build(image, builder, classes) {
      let x = patches(image, builder, `${name}_stem_conv`, widths[0], 4);
      x = builder.layerNorm(x, `${name}_stem_layernorm`);
      for (const [stage, depth] of depths.entries()) {
        if (stage > 0) {
          x = builder.layerNorm(x, `${name}_downsampling_layernorm_${stage - 1}`);
          x = patches(x, builder, `${name}_downsampling_conv_${stage - 1}`, widths[stage], 2);
        }
        for (let j = 0; j < depth; j++) x = block(x, builder, `${name}_stage_${stage}_block_${j}`);
      }
      if (classes === 0) return x;
      x = builder.layerNorm(builder.averagePool(x, `${name}_head_gap`), `${name}_head_layernorm`);
      return builder.dense(x, `${name}_head_dense`, classes, 'softmax');
    },
  };
}

/** A convolution whose strides equal its kernel size. */
function patches(
  x: SymbolicTensor,
  builder: NetworkBuilder,
  name: string,
  filters: number,
  size: number,
): SymbolicTensor {
  const options = {
    filters,
    kernelSize: size,
    strides: size,
    name,
    kernelInitializer: builder.initializer(),
  };
  return layers.conv2d(options).apply(x) as SymbolicTensor;
}

function block(input: SymbolicTensor, builder: NetworkBuilder, name: string): SymbolicTensor {
  const channels = input.shape[3]!;
  let x = builder.depthwise(input, `${name}_depthwise_conv`, { kernel: 7, bias: true });
  x = builder.layerNorm(x, `${name}_layernorm`);
  x = builder.dense(x, `${name}_pointwise_conv_1`, 4 * channels);
  x = builder.activation(x, 'gelu', `${name}_gelu`);
  x = builder.dense(x, `${name}_pointwise_conv_2`, channels);
  x = new LayerScale({ name: `${name}_layer_scale` }).apply(x) as SymbolicTensor;
  return builder.add(input, x, `${name}_add`);
}

/** The layer's names in torchvision, in timm, and in the authors' own files. */
function aliasesOf(layer: string): readonly string[] {
  const fixed: Readonly<Record<string, readonly string[]>> = {
    stem_conv: ['features.0.0', 'stem.0', 'downsample_layers.0.0'],
    stem_layernorm: ['features.0.1', 'stem.1', 'downsample_layers.0.1'],
    head_layernorm: ['classifier.0', 'head.norm', 'norm'],
    head_dense: ['classifier.2', 'head.fc', 'head'],
  };
  if (fixed[layer]) return fixed[layer];
  const [, kind, down] = /^downsampling_(layernorm|conv)_(\d)$/.exec(layer) ?? [];
  if (down !== undefined) {
    const [stage, part] = [Number(down) + 1, kind === 'conv' ? 1 : 0];
    return [
      `features.${2 * stage}.${part}`,
      `stages.${stage}.downsample.${part}`,
      `downsample_layers.${stage}.${part}`,
    ];
  }
  const [, stage, index, part] = /^stage_(\d)_block_(\d+)_(\w+)$/.exec(layer) ?? [];
  if (stage === undefined) return [];
  const torchvision = `features.${2 * Number(stage) + 1}.${index}`;
  const timm = `stages.${stage}.blocks.${index}`;
  const authors = `stages.${stage}.${index}`;
  const parts: Readonly<Record<string, readonly string[]>> = {
    depthwise_conv: [`${torchvision}.block.0`, `${timm}.conv_dw`, `${authors}.dwconv`],
    layernorm: [`${torchvision}.block.2`, `${timm}.norm`, `${authors}.norm`],
    pointwise_conv_1: [`${torchvision}.block.3`, `${timm}.mlp.fc1`, `${authors}.pwconv1`],
    pointwise_conv_2: [`${torchvision}.block.5`, `${timm}.mlp.fc2`, `${authors}.pwconv2`],
    layer_scale: [torchvision, timm, authors],
  };
  return parts[part] ?? [];
}

import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { Architecture } from './architecture';
import type { Form, NetworkBuilder } from './network-builder';

/** Expansion, filters, repeats and stride of each group of blocks. */
const GROUPS = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

/** The blocks in order, numbered as in Keras and as in timm. */
const BLOCKS = GROUPS.flatMap(([expand, filters, repeats, strides], group) =>
  Array.from({ length: repeats }, (_, index) => ({
    expand,
    filters,
    strides: index === 0 ? strides : 1,
    group,
    index,
  })),
);

/**
 * MobileNetV2: inverted residuals with linear bottlenecks, layers named as in Keras' `applications.MobileNetV2`.
 *
 * Sandler et al., "MobileNetV2: inverted residuals and linear bottlenecks", CVPR 2018.
 */
export function mobileNetV2({ form }: { readonly form: Form }): Architecture {
  const aliases = form === 'keras' ? KERAS_ALIASES : torchAliases();
  return {
    style: { form, epsilon: form === 'keras' ? 1e-3 : 1e-5, momentum: form === 'keras' ? 0.999 : 0.9 },
    firstLayer: 'Conv1',
    smallestSide: 32,
    stageOf(layer) {
      const block = /^block_(\d+)_/.exec(layer);
      if (block) return `stage${BLOCKS[Number(block[1])].group + 1}`;
      if (layer.startsWith('expanded_conv')) return 'stage1';
      return /^(Conv_1|out_relu|global|pred)/.test(layer) ? 'top' : 'stem';
    },
    aliases: (layer) => aliases.get(layer) ?? [],
    build(image, builder, classes) {
      let x = builder.convolution(image, 'Conv1', 32, { kernel: 3, strides: 2 });
      x = builder.activation(builder.batchNorm(x, 'bn_Conv1'), 'relu6', 'Conv1_relu');
      for (const [n, block] of BLOCKS.entries()) x = residual(x, builder, nameOf(n), block);
      x = builder.batchNorm(builder.convolution(x, 'Conv_1', 1280), 'Conv_1_bn');
      x = builder.activation(x, 'relu6', 'out_relu');
      if (classes === 0) return x;
      return builder.dense(
        builder.averagePool(x, 'global_average_pooling2d'),
        'predictions',
        classes,
        'softmax',
      );
    },
  };
}

function nameOf(block: number): string {
  return block === 0 ? 'expanded_conv' : `block_${block}`;
}

function residual(
  input: SymbolicTensor,
  builder: NetworkBuilder,
  name: string,
  { expand, filters, strides }: (typeof BLOCKS)[number],
): SymbolicTensor {
  const channels = input.shape[3]!;
  let x = input;
  if (expand !== 1) {
    x = builder.batchNorm(builder.convolution(x, `${name}_expand`, channels * expand), `${name}_expand_BN`);
    x = builder.activation(x, 'relu6', `${name}_expand_relu`);
  }
  x = builder.depthwise(x, `${name}_depthwise`, { kernel: 3, strides }, `${name}_pad`);
  x = builder.activation(builder.batchNorm(x, `${name}_depthwise_BN`), 'relu6', `${name}_depthwise_relu`);
  x = builder.batchNorm(builder.convolution(x, `${name}_project`, filters), `${name}_project_BN`);
  return strides === 1 && channels === filters ? builder.add(input, x, `${name}_add`) : x;
}

/** The name that the layer of the scores has in Keras' older files. */
const KERAS_ALIASES: ReadonlyMap<string, readonly string[]> = new Map([['predictions', ['Logits']]]);

/** The layers' names in torchvision and timm. */
function torchAliases(): ReadonlyMap<string, readonly string[]> {
  const aliases = new Map<string, readonly string[]>([
    ['Conv1', ['features.0.0', 'conv_stem']],
    ['bn_Conv1', ['features.0.1', 'bn1']],
    ['Conv_1', ['features.18.0', 'conv_head']],
    ['Conv_1_bn', ['features.18.1', 'bn2']],
    ['predictions', ['classifier.1', 'classifier']],
  ]);
  for (const [n, { expand, group, index }] of BLOCKS.entries()) {
    const first = expand === 1 ? 0 : 1;
    const add = (layer: string, torchvision: string, timm: string) =>
      aliases.set(`${nameOf(n)}_${layer}`, [
        `features.${n + 1}.conv.${torchvision}`,
        `blocks.${group}.${index}.${timm}`,
      ]);
    if (first === 1) {
      add('expand', '0.0', 'conv_pw');
      add('expand_BN', '0.1', 'bn1');
    }
    add('depthwise', `${first}.0`, 'conv_dw');
    add('depthwise_BN', `${first}.1`, first === 1 ? 'bn2' : 'bn1');
    add('project', `${first + 1}`, first === 1 ? 'conv_pwl' : 'conv_pw');
    add('project_BN', `${first + 2}`, first === 1 ? 'bn3' : 'bn2');
  }
  return aliases;
}

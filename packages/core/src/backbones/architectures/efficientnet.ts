import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type Architecture, dividedByEight } from './architecture';
import type { Form, NetworkBuilder } from './network-builder';

/** The blocks of a stage of B0. Other members of the family scale them. */
interface StageSettings {
  readonly kernel: number;
  readonly repeats: number;
  readonly filters: number;
  readonly expand: number;
  readonly strides: number;
}

const STAGES: readonly StageSettings[] = [
  { kernel: 3, repeats: 1, filters: 16, expand: 1, strides: 1 },
  { kernel: 3, repeats: 2, filters: 24, expand: 6, strides: 2 },
  { kernel: 5, repeats: 2, filters: 40, expand: 6, strides: 2 },
  { kernel: 3, repeats: 3, filters: 80, expand: 6, strides: 2 },
  { kernel: 5, repeats: 3, filters: 112, expand: 6, strides: 1 },
  { kernel: 5, repeats: 4, filters: 192, expand: 6, strides: 2 },
  { kernel: 3, repeats: 1, filters: 320, expand: 6, strides: 1 },
];

/** The settings in which a member of the family differs from B0. */
export interface EfficientNetSettings {
  readonly width: number;
  readonly depth: number;
  /** The rate of the Dropout before the top's dense layer. */
  readonly dropout: number;
  /** Whether this is a Lite network: ReLU6, no squeeze and excite; stem, head, first and last stage are not scaled. */
  readonly lite?: boolean;
  readonly form?: Form;
}

/**
 * EfficientNet: mobile inverted bottlenecks whose width and depth are scaled together.
 *
 * Tan and Le, "EfficientNet: rethinking model scaling for convolutional neural networks", ICML 2019. Layers are named
 * as in Keras' `applications.EfficientNetB0`. The Lite networks are those of TensorFlow's repository `tpu`, with the
 * same names. Stochastic depth (dropping blocks) is left out, because it has an effect only in training from scratch.
 */
export function efficientNet({
  width,
  depth,
  dropout,
  lite = false,
  form = 'keras',
}: EfficientNetSettings): Architecture {
  const activation = lite ? 'relu6' : 'swish';
  const scaled = (filters: number) => dividedByEight(filters * width);
  const blocks = STAGES.flatMap((stage, s) => {
    const isEnd = s === 0 || s === STAGES.length - 1;
    const repeats = lite && isEnd ? stage.repeats : Math.ceil(stage.repeats * depth);
    return Array.from({ length: repeats }, (_, i) => ({
      ...stage,
      name: `block${s + 1}${String.fromCharCode(97 + i)}`,
      stage: s,
      index: i,
      strides: i === 0 ? stage.strides : 1,
      filters: scaled(stage.filters),
    }));
  });
  const aliases = aliasesOf(blocks, form);
  return {
    style:
      form === 'torch' ? { form, epsilon: 1e-5, momentum: 0.9 } : { form, epsilon: 1e-3, momentum: 0.99 },
    firstLayer: 'stem_conv',
    smallestSide: 32,
    stageOf: (layer) => /^block\d/.exec(layer)?.[0] ?? (/^(top|avg|pred)/.test(layer) ? 'top' : 'stem'),
    aliases: (layer) => aliases.get(layer) ?? [],
    build(image, builder, classes) {
      let x = builder.convolution(
        image,
        'stem_conv',
        lite ? 32 : scaled(32),
        { kernel: 3, strides: 2 },
        'stem_conv_pad',
      );
      x = builder.activation(builder.batchNorm(x, 'stem_bn'), activation, 'stem_activation');
      for (const block of blocks) x = bottleneck(x, builder, block, activation, !lite);
      x = builder.convolution(x, 'top_conv', lite ? 1280 : scaled(1280));
      x = builder.activation(builder.batchNorm(x, 'top_bn'), activation, 'top_activation');
      if (classes === 0) return x;
      x = builder.averagePool(x, 'avg_pool');
      x = layers.dropout({ rate: dropout, name: 'top_dropout' }).apply(x) as SymbolicTensor;
      return builder.dense(x, 'predictions', classes, 'softmax');
    },
  };
}

interface Block extends StageSettings {
  readonly name: string;
  readonly stage: number;
  readonly index: number;
}

function bottleneck(
  input: SymbolicTensor,
  builder: NetworkBuilder,
  { name, kernel, strides, expand, filters }: Block,
  activation: string,
  excite: boolean,
): SymbolicTensor {
  const channels = input.shape[3]!;
  let x = input;
  if (expand !== 1) {
    x = builder.batchNorm(
      builder.convolution(x, `${name}_expand_conv`, channels * expand),
      `${name}_expand_bn`,
    );
    x = builder.activation(x, activation, `${name}_expand_activation`);
  }
  x = builder.depthwise(x, `${name}_dwconv`, { kernel, strides }, `${name}_dwconv_pad`);
  x = builder.activation(builder.batchNorm(x, `${name}_bn`), activation, `${name}_activation`);
  if (excite) {
    const names = {
      pool: `${name}_se_squeeze`,
      reshape: `${name}_se_reshape`,
      reduce: `${name}_se_reduce`,
      expand: `${name}_se_expand`,
      gate: `${name}_se_gate`,
      multiply: `${name}_se_excite`,
    };
    const activations = { inner: activation, gate: 'sigmoid' };
    x = builder.squeezeExcite(x, Math.max(1, Math.floor(channels / 4)), names, activations);
  }
  x = builder.batchNorm(builder.convolution(x, `${name}_project_conv`, filters), `${name}_project_bn`);
  return strides === 1 && filters === channels ? builder.add(input, x, `${name}_add`) : x;
}

/**
 * The layers' names in PyTorch files. Networks that pad as TensorFlow does have lukemelas' and RangiLyu's names, and those of
 * timm's networks `tf_…`. Networks that pad as PyTorch does have torchvision's names, and those of timm's other networks.
 */
function aliasesOf(blocks: readonly Block[], form: Form): ReadonlyMap<string, readonly string[]> {
  const aliases = new Map<string, readonly string[]>();
  const add = (layer: string, lukemelas: string, torchvision: string, timm: string) =>
    aliases.set(layer, [form === 'keras' ? lukemelas : torchvision, timm]);
  add('stem_conv', '_conv_stem', 'features.0.0', 'conv_stem');
  add('stem_bn', '_bn0', 'features.0.1', 'bn1');
  add('top_conv', '_conv_head', 'features.8.0', 'conv_head');
  add('top_bn', '_bn1', 'features.8.1', 'bn2');
  add('predictions', '_fc', 'classifier.1', 'classifier');
  for (const [n, { name, stage, index, expand }] of blocks.entries()) {
    const first = expand === 1 ? 0 : 1;
    const addInBlock = (layer: string, lukemelas: string, torchvision: string, timm: string) =>
      add(
        `${name}_${layer}`,
        `_blocks.${n}.${lukemelas}`,
        `features.${stage + 1}.${index}.block.${torchvision}`,
        `blocks.${stage}.${index}.${timm}`,
      );
    if (first === 1) {
      addInBlock('expand_conv', '_expand_conv', '0.0', 'conv_pw');
      addInBlock('expand_bn', '_bn0', '0.1', 'bn1');
    }
    addInBlock('dwconv', '_depthwise_conv', `${first}.0`, 'conv_dw');
    addInBlock('bn', '_bn1', `${first}.1`, first === 1 ? 'bn2' : 'bn1');
    addInBlock('se_reduce', '_se_reduce', `${first + 1}.fc1`, 'se.conv_reduce');
    addInBlock('se_expand', '_se_expand', `${first + 1}.fc2`, 'se.conv_expand');
    addInBlock('project_conv', '_project_conv', `${first + 2}.0`, first === 1 ? 'conv_pwl' : 'conv_pw');
    addInBlock('project_bn', '_bn2', `${first + 2}.1`, first === 1 ? 'bn3' : 'bn2');
  }
  return aliases;
}

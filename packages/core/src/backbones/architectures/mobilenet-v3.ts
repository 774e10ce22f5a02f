import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type Architecture, dividedByEight } from './architecture';
import type { NetworkBuilder, NetworkStyle } from './network-builder';

type Block = readonly [
  kernel: number,
  expanded: number,
  filters: number,
  excite: boolean,
  activation: 'relu' | 'hardSwish',
  strides: number,
];

const LARGE: readonly Block[] = [
  [3, 16, 16, false, 'relu', 1],
  [3, 64, 24, false, 'relu', 2],
  [3, 72, 24, false, 'relu', 1],
  [5, 72, 40, true, 'relu', 2],
  [5, 120, 40, true, 'relu', 1],
  [5, 120, 40, true, 'relu', 1],
  [3, 240, 80, false, 'hardSwish', 2],
  [3, 200, 80, false, 'hardSwish', 1],
  [3, 184, 80, false, 'hardSwish', 1],
  [3, 184, 80, false, 'hardSwish', 1],
  [3, 480, 112, true, 'hardSwish', 1],
  [3, 672, 112, true, 'hardSwish', 1],
  [5, 672, 160, true, 'hardSwish', 2],
  [5, 960, 160, true, 'hardSwish', 1],
  [5, 960, 160, true, 'hardSwish', 1],
];

const SMALL: readonly Block[] = [
  [3, 16, 16, true, 'relu', 2],
  [3, 72, 24, false, 'relu', 2],
  [3, 88, 24, false, 'relu', 1],
  [5, 96, 40, true, 'hardSwish', 2],
  [5, 240, 40, true, 'hardSwish', 1],
  [5, 240, 40, true, 'hardSwish', 1],
  [5, 120, 48, true, 'hardSwish', 1],
  [5, 144, 48, true, 'hardSwish', 1],
  [5, 288, 96, true, 'hardSwish', 2],
  [5, 576, 96, true, 'hardSwish', 1],
  [5, 576, 96, true, 'hardSwish', 1],
];

/** The number of blocks in each of timm's groups. */
const GROUPS = { large: [1, 2, 3, 4, 2, 3], small: [1, 2, 3, 2, 3] } as const;

/** The libraries whose networks differ: Keras' padding isn't PyTorch's, and timm has another epsilon. */
type Library = 'keras' | 'torchvision' | 'timm';

const STYLES: Readonly<Record<Library, NetworkStyle>> = {
  keras: { form: 'keras', epsilon: 1e-3, momentum: 0.999 },
  torchvision: { form: 'torch', epsilon: 1e-3, momentum: 0.99 },
  timm: { form: 'torch', epsilon: 1e-5, momentum: 0.9 },
};

/**
 * MobileNetV3, with layers named as in Keras' `applications.MobileNetV3Large`. The preprocessing scales the input, not
 * a layer of the network.
 *
 * Howard et al., "Searching for MobileNetV3", ICCV 2019.
 */
export function mobileNetV3({
  size,
  library,
}: {
  readonly size: 'small' | 'large';
  readonly library: Library;
}): Architecture {
  const blocks = size === 'large' ? LARGE : SMALL;
  const aliases = aliasesOf(size, blocks, library);
  const stages = groupOf(size);
  return {
    style: STYLES[library],
    firstLayer: 'conv',
    smallestSide: 32,
    stageOf(layer) {
      const [, block = '0'] = /^expanded_conv_(?:(\d+)_)?/.exec(layer) ?? [];
      if (layer.startsWith('expanded_conv')) return `stage${stages[Number(block)].group + 1}`;
      return /^(conv_1|conv_2|avg_|logits|flatten|pred|dropout)/.test(layer) ? 'top' : 'stem';
    },
    aliases: (layer) => aliases.get(layer) ?? [],
    build(image, builder, classes) {
      let x = builder.convolution(image, 'conv', 16, { kernel: 3, strides: 2 });
      x = builder.activation(builder.batchNorm(x, 'conv_bn'), 'hardSwish', 'conv_activation');
      for (const [n, block] of blocks.entries()) x = residual(x, builder, nameOf(n), block);
      x = builder.batchNorm(builder.convolution(x, 'conv_1', dividedByEight(x.shape[3]! * 6)), 'conv_1_bn');
      x = builder.activation(x, 'hardSwish', 'conv_1_activation');
      if (classes === 0) return x;
      const channels = x.shape[3]!;
      x = builder.averagePool(x, 'avg_pool');
      x = layers
        .reshape({ targetShape: [1, 1, channels], name: 'avg_pool_reshape' })
        .apply(x) as SymbolicTensor;
      x = builder.convolution(x, 'conv_2', size === 'large' ? 1280 : 1024, { bias: true });
      x = builder.activation(x, 'hardSwish', 'conv_2_activation');
      x = layers.dropout({ rate: 0.2, name: 'dropout' }).apply(x) as SymbolicTensor;
      x = builder.convolution(x, 'logits', classes, { bias: true });
      x = layers.flatten({ name: 'flatten' }).apply(x) as SymbolicTensor;
      return builder.activation(x, 'softmax', 'predictions');
    },
  };
}

function nameOf(block: number): string {
  return block === 0 ? 'expanded_conv_' : `expanded_conv_${block}_`;
}

function residual(
  input: SymbolicTensor,
  builder: NetworkBuilder,
  prefix: string,
  [kernel, expanded, filters, excite, activation, strides]: Block,
): SymbolicTensor {
  const channels = input.shape[3]!;
  let x = input;
  if (prefix !== nameOf(0)) {
    x = builder.batchNorm(builder.convolution(x, `${prefix}expand`, expanded), `${prefix}expand_bn`);
    x = builder.activation(x, activation, `${prefix}expand_activation`);
  }
  x = builder.depthwise(x, `${prefix}depthwise`, { kernel, strides }, `${prefix}depthwise_pad`);
  x = builder.batchNorm(x, `${prefix}depthwise_bn`);
  x = builder.activation(x, activation, `${prefix}depthwise_activation`);
  if (excite) {
    const names = {
      pool: `${prefix}squeeze_excite_avg_pool`,
      reshape: `${prefix}squeeze_excite_reshape`,
      reduce: `${prefix}squeeze_excite_conv`,
      expand: `${prefix}squeeze_excite_conv_1`,
      gate: `${prefix}squeeze_excite_gate`,
      multiply: `${prefix}squeeze_excite_mul`,
    };
    const activations = { inner: 'relu', gate: 'hardSigmoid6' };
    x = builder.squeezeExcite(x, dividedByEight(expanded / 4), names, activations);
  }
  x = builder.batchNorm(builder.convolution(x, `${prefix}project`, filters), `${prefix}project_bn`);
  return strides === 1 && channels === filters ? builder.add(input, x, `${prefix}add`) : x;
}

function groupOf(size: 'small' | 'large'): readonly { readonly group: number; readonly index: number }[] {
  return GROUPS[size].flatMap((repeats, group) =>
    Array.from({ length: repeats }, (_, index) => ({ group, index })),
  );
}

/** The layers' names in the library's PyTorch files. timm's networks `tf_…` are Keras' networks with timm's names. */
function aliasesOf(
  size: 'small' | 'large',
  blocks: readonly Block[],
  library: Library,
): ReadonlyMap<string, readonly string[]> {
  const last = blocks.length + 1;
  const groups = groupOf(size);
  const aliases = new Map<string, readonly string[]>();
  const add = (layer: string, torchvision: string, timm: string) =>
    aliases.set(layer, [library === 'torchvision' ? torchvision : timm]);
  add('conv', 'features.0.0', 'conv_stem');
  add('conv_bn', 'features.0.1', 'bn1');
  add('conv_1', `features.${last}.0`, `blocks.${GROUPS[size].length}.0.conv`);
  add('conv_1_bn', `features.${last}.1`, `blocks.${GROUPS[size].length}.0.bn1`);
  add('conv_2', 'classifier.0', 'conv_head');
  add('logits', 'classifier.3', 'classifier');
  for (const [n, [, , , excite]] of blocks.entries()) {
    const first = n === 0 ? 0 : 1;
    const { group, index } = groups[n];
    const addInBlock = (layer: string, torchvision: string, timm: string) =>
      add(nameOf(n) + layer, `features.${n + 1}.block.${torchvision}`, `blocks.${group}.${index}.${timm}`);
    if (first === 1) {
      addInBlock('expand', '0.0', 'conv_pw');
      addInBlock('expand_bn', '0.1', 'bn1');
    }
    addInBlock('depthwise', `${first}.0`, 'conv_dw');
    addInBlock('depthwise_bn', `${first}.1`, first === 1 ? 'bn2' : 'bn1');
    addInBlock('squeeze_excite_conv', `${first + 1}.fc1`, 'se.conv_reduce');
    addInBlock('squeeze_excite_conv_1', `${first + 1}.fc2`, 'se.conv_expand');
    const project = excite ? first + 2 : first + 1;
    addInBlock('project', `${project}.0`, first === 1 ? 'conv_pwl' : 'conv_pw');
    addInBlock('project_bn', `${project}.1`, first === 1 ? 'bn3' : 'bn2');
  }
  return aliases;
}

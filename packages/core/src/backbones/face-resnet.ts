import { input, layers, model as modelOf, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { OptionError } from '../errors';
import { assignWeights } from '../weights/assign-weights';
import { faceApiWeights } from '../weights/face-api';
import type { TransferOptions } from '../weights/transfer';
import type { Backbone, Preprocessing } from './backbone';
import { type KernelInitializers, kernelInitializers } from './kernel-initializers';
import { registerLayers } from './register-layers';
import { stagesOf } from './stages-of';
import { ZeroPaddingChannels } from './zero-padding-channels';

/** Options of `faceResnet`. */
export interface FaceResnetOptions {
  /**
   * Path or URL of face-api's `model` folder, or of its `face_recognition_model-weights_manifest.json`; `null`: random.
   * Default: the folder of the installed package `@vladmandic/face-api`.
   */
  readonly weights?: string | URL | null;
  /**
   * Whether the model ends with global pooling and the dense layer of the 128 numbers that describe a face. Default
   * false.
   */
  readonly includeTop?: boolean;
  /** Height and width, at least 103×103; default [150, 150], the size that the network was trained at. */
  readonly inputSize?: readonly [height: number, width: number];
  /** Seeds random weights. Default 0. */
  readonly seed?: number;
  /** How weights are fetched, if `weights` is a URL. */
  readonly download?: TransferOptions;
}

/** The smallest input size: the last block then still has a map of 3×3. */
const SMALLEST_SIDE = 103;

/** The means of dlib's training images; dlib divides by 256 and face-api by 255. */
const PREPROCESSING: Preprocessing = {
  channelOrder: 'rgb',
  mean: [122.782, 117.001, 104.298],
  scale: 1 / 255,
};

/** The blocks of each stage, with their names in the file. A `down` block halves the map. */
const STAGES = [
  { name: 'conv2', filters: 32, blocks: ['conv32_1', 'conv32_2', 'conv32_3'] },
  { name: 'conv3', filters: 64, blocks: ['conv64_down', 'conv64_1', 'conv64_2', 'conv64_3'] },
  { name: 'conv4', filters: 128, blocks: ['conv128_down', 'conv128_1', 'conv128_2'] },
  { name: 'conv5', filters: 256, blocks: ['conv256_down', 'conv256_1', 'conv256_2', 'conv256_down_out'] },
];

/** The layers' names in the file. */
const FILE_NAMES = Object.fromEntries<string[]>([
  ['conv1_conv', ['conv32_down']],
  ...STAGES.flatMap(({ name, blocks }) =>
    blocks.flatMap((block, i): [string, string[]][] => [
      [`${name}_block${i + 1}_1_conv`, [`${block}/conv1`]],
      [`${name}_block${i + 1}_2_conv`, [`${block}/conv2`]],
    ]),
  ),
  ['descriptor', ['fc']],
]);

/**
 * The face recognition network of dlib and face-api: 29 convolutions, 5.6 million weights, a feature map of 256 channels.
 *
 * King, "High quality face recognition with deep metric learning", dlib 2017: a ResNet-34 (He et al.) with fewer layers
 * and half the filters, trained at 150×150 to tell three million faces apart. Its weights are in the npm package
 * `@vladmandic/face-api` (MIT), so it needs no download. It has no BatchNormalization: the per-channel scale after each
 * convolution is folded exactly into kernel and bias. Shortcuts to smaller maps are average pools, widened with
 * channels of zeros. With the top, the descriptors equal those of face-api. Two faces with a distance of less than 0.6
 * are of the same person.
 *
 * The caller disposes `model`.
 *
 * @throws {OptionError} an image size under 103×103
 * @throws {WeightsFileError} the weights can't be found or read; the message says how to install them
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import { faceResnet } from '@thawjs/core';
 *
 * const { model, stages } = await faceResnet();
 * console.log(model.outputShape); // [ null, 2, 2, 256 ]
 * console.log(stages.map((stage) => stage.name)); // [ 'conv1', 'conv2', 'conv3', 'conv4', 'conv5' ]
 * model.dispose();
 * ```
 */
export async function faceResnet(options: FaceResnetOptions = {}): Promise<Backbone> {
  const { weights, includeTop = false, inputSize = [150, 150], seed = 0, download } = options;
  checkInputSize(inputSize);
  registerLayers();
  const file = weights === null ? null : await faceApiWeights(weights, download);
  const model = architecture(inputSize, includeTop, kernelInitializers(file === null ? seed : null));
  if (file !== null) {
    try {
      assignWeights(model, file.file, { source: file.source, aliases: FILE_NAMES });
    } catch (error) {
      model.dispose();
      throw error;
    }
  }
  const stages = stagesOf(
    model,
    (layer) => /^conv[2-5]/.exec(layer)?.[0] ?? (/^(avg_|desc)/.test(layer) ? 'top' : 'conv1'),
  );
  return { name: 'faceResnet', model, preprocessing: PREPROCESSING, stages };
}

function architecture(
  [height, width]: readonly [number, number],
  includeTop: boolean,
  initializer: KernelInitializers,
) {
  const image = input({ shape: [height, width, 3], name: 'input_layer' });
  let x = relu(convolution(image, 'conv1_conv', 32, 7, 2), 'conv1_relu');
  x = layers.maxPooling2d({ poolSize: 3, strides: 2, name: 'pool1_pool' }).apply(x) as SymbolicTensor;
  for (const { name, filters, blocks } of STAGES) {
    blocks.forEach((block, i) => {
      x = (block.includes('down') ? downBlock : plainBlock)(x, `${name}_block${i + 1}`, filters);
    });
  }
  if (includeTop) {
    x = layers.globalAveragePooling2d({ name: 'avg_pool' }).apply(x) as SymbolicTensor;
    const top = { units: 128, useBias: false, kernelInitializer: initializer(), name: 'descriptor' };
    x = layers.dense(top).apply(x) as SymbolicTensor;
  }
  return modelOf({ inputs: image, outputs: x, name: 'face_resnet' });

  function plainBlock(x: SymbolicTensor, name: string, filters: number) {
    const y = relu(convolution(x, `${name}_1_conv`, filters, 3, 1), `${name}_1_relu`);
    return sum(x, convolution(y, `${name}_2_conv`, filters, 3, 1), name);
  }

  /** Whether the block halves the map. The shortcut is then pooled, and widened if the block widens the map. */
  function downBlock(x: SymbolicTensor, name: string, filters: number) {
    let shortcut = layers
      .averagePooling2d({ poolSize: 2, strides: 2, name: `${name}_0_pool` })
      .apply(x) as SymbolicTensor;
    const channels = filters - x.shape[3]!;
    if (channels > 0) {
      shortcut = new ZeroPaddingChannels({ channels, name: `${name}_0_widen` }).apply(
        shortcut,
      ) as SymbolicTensor;
    }
    let y = relu(convolution(x, `${name}_1_conv`, filters, 3, 2), `${name}_1_relu`);
    y = convolution(y, `${name}_2_conv`, filters, 3, 1);
    // For an even side, the 3×3 convolution gives one row less than 2×2 pooling. A row of zeros is added.
    const [bottom, right] = [shortcut.shape[1]! - y.shape[1]!, shortcut.shape[2]! - y.shape[2]!];
    if (bottom > 0 || right > 0) {
      const padding: [[number, number], [number, number]] = [
        [0, bottom],
        [0, right],
      ];
      y = layers.zeroPadding2d({ padding, name: `${name}_2_pad` }).apply(y) as SymbolicTensor;
    }
    return sum(shortcut, y, name);
  }

  function sum(shortcut: SymbolicTensor, y: SymbolicTensor, name: string) {
    return relu(layers.add({ name: `${name}_add` }).apply([shortcut, y]) as SymbolicTensor, `${name}_out`);
  }

  function convolution(
    x: SymbolicTensor,
    name: string,
    filters: number,
    kernelSize: number,
    strides: number,
  ) {
    const padding = strides === 1 ? 'same' : 'valid';
    const options = {
      filters,
      kernelSize,
      strides,
      padding,
      kernelInitializer: initializer(),
      name,
    } as const;
    return layers.conv2d(options).apply(x) as SymbolicTensor;
  }

  function relu(x: SymbolicTensor, name: string) {
    return layers.activation({ activation: 'relu', name }).apply(x) as SymbolicTensor;
  }
}

function checkInputSize([height, width]: readonly [number, number]): void {
  const fits = (side: number) => Number.isInteger(side) && side >= SMALLEST_SIDE;
  if (fits(height) && fits(width)) return;
  throw new OptionError(
    `faceResnet: expected inputSize of at least ${SMALLEST_SIDE}×${SMALLEST_SIDE} whole pixels; received ${height}×${width}.`,
  );
}

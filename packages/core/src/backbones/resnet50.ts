import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { input, layers, model as modelOf } from '@tensorflow/tfjs-layers';
import { OptionError } from '../errors';
import type { DownloadOptions } from '../weights/download';
import { imagenetWeights } from '../weights/imagenet-weights';
import { loadWeights } from '../weights/load-weights';
import { readBytes, sourceName } from '../weights/read-bytes';
import type { WeightsSource } from '../weights/weights-source';
import type { Backbone, Preprocessing } from './backbone';
import { type KernelInitializers, kernelInitializers } from './kernel-initializers';
import { stagesOf } from './stages-of';

/** Options of `resnet50`. */
export interface ResNet50Options {
  /**
   * `'imagenet'`: Keras' official file, downloaded once and checked. A path, URL or bytes: a file in Keras' legacy .h5
   * format. `null`: random. Default `'imagenet'`.
   */
  readonly weights?: 'imagenet' | WeightsSource | null;
  /** With global pooling and the dense softmax layer. Default false. */
  readonly includeTop?: boolean;
  /** Default [224, 224]; at least 32×32. */
  readonly inputSize?: readonly [height: number, width: number];
  /** Scores of the top, when there is one. Default 1000. */
  readonly classes?: number;
  /** Of random weights. Default 0. */
  readonly seed?: number;
  /** How `'imagenet'` is downloaded: progress, cache folder, retries, another host. */
  readonly download?: ImagenetDownloadOptions;
}

/** How ImageNet weights are downloaded. */
export interface ImagenetDownloadOptions extends DownloadOptions {
  /** The folder that has Keras' files, for a mirror. Default: Keras' own. */
  readonly baseUrl?: string;
}

/** Keras: `applications.resnet.preprocess_input`, the ImageNet means of the original Caffe model. */
const PREPROCESSING: Preprocessing = { channelOrder: 'bgr', mean: [103.939, 116.779, 123.68], scale: 1 };

/**
 * ResNet-50: 25.6 million weights, a feature map of 2048 channels at 1/32 of the image's size.
 *
 * He et al., "Deep residual learning for image recognition", CVPR 2016. Layer names, their order, shapes and
 * numbers are those of Keras' `applications.ResNet50` (the stride sits in the block's first 1×1 convolution).
 * Unlike Keras, the top comes only when asked for, and goes with any image size.
 *
 * Random weights are Keras' Glorot uniform, from `seed`. The caller disposes `model`.
 *
 * @throws {OptionError} an image under 32×32, or ImageNet's weights with other than 1000 classes
 * @throws {DownloadError} ImageNet's weights can't be had; the message says how to get them by hand
 * @throws {WeightsFileError} the file can't be read
 * @throws {WeightsMismatchError} the file's weights don't fit
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import { resnet50 } from '@thawjs/core';
 *
 * const { model, stages } = await resnet50({ weights: null, inputSize: [64, 64] });
 * console.log(model.outputShape); // [ null, 2, 2, 2048 ]
 * console.log(stages.map((stage) => stage.name)); // [ 'conv1', 'conv2', 'conv3', 'conv4', 'conv5' ]
 * model.dispose();
 * ```
 */
export async function resnet50(options: ResNet50Options = {}): Promise<Backbone> {
  const {
    weights = 'imagenet',
    includeTop = false,
    inputSize = [224, 224],
    classes = 1000,
    seed = 0,
  } = options;
  checkOptions(weights, includeTop, inputSize, classes);
  const bytes = await weightBytes(weights, includeTop, options.download);
  const model = architecture(
    inputSize,
    includeTop ? classes : 0,
    kernelInitializers(weights === null ? seed : null),
  );
  if (bytes !== null) {
    try {
      await loadWeights(model, bytes, {
        sourceName: weights === 'imagenet' ? "ResNet50's ImageNet weights" : sourceName(weights!),
        // what keras-applications called it when the official files were made
        aliases: { predictions: ['probs', 'fc1000'] },
      });
    } catch (error) {
      model.dispose();
      throw error;
    }
  }
  const stages = stagesOf(
    model,
    (layer) => /^conv[2-5]/.exec(layer)?.[0] ?? (/^(avg|pred)/.test(layer) ? 'top' : 'conv1'),
  );
  return { name: 'resnet50', model, preprocessing: PREPROCESSING, stages };
}

function architecture(
  [height, width]: readonly [number, number],
  classes: number,
  kernelInitializer: KernelInitializers,
) {
  const image = input({ shape: [height, width, 3], name: 'input_layer' });
  let x = layers.zeroPadding2d({ padding: 3, name: 'conv1_pad' }).apply(image) as SymbolicTensor;
  x = convolution(x, 'conv1', 64, 7, 2, 'valid');
  x = relu(x, 'conv1_relu');
  x = layers.zeroPadding2d({ padding: 1, name: 'pool1_pad' }).apply(x) as SymbolicTensor;
  x = layers.maxPooling2d({ poolSize: 3, strides: 2, name: 'pool1_pool' }).apply(x) as SymbolicTensor;
  x = stack(x, 'conv2', 64, 3, 1);
  x = stack(x, 'conv3', 128, 4, 2);
  x = stack(x, 'conv4', 256, 6, 2);
  x = stack(x, 'conv5', 512, 3, 2);
  if (classes > 0) {
    x = layers.globalAveragePooling2d({ name: 'avg_pool' }).apply(x) as SymbolicTensor;
    const top = {
      units: classes,
      activation: 'softmax',
      name: 'predictions',
      kernelInitializer: kernelInitializer(),
    } as const;
    x = layers.dense(top).apply(x) as SymbolicTensor;
  }
  return modelOf({ inputs: image, outputs: x, name: 'resnet50' });

  /** Residual blocks, the first of which strides and widens its shortcut. */
  function stack(x: SymbolicTensor, name: string, filters: number, blocks: number, strides: number) {
    for (let i = 1; i <= blocks; i++)
      x = block(x, `${name}_block${i}`, filters, i === 1 ? strides : undefined);
    return x;
  }

  function block(x: SymbolicTensor, name: string, filters: number, widenStrides: number | undefined) {
    const shortcut =
      widenStrides === undefined ? x : convolution(x, `${name}_0`, 4 * filters, 1, widenStrides);
    let y = relu(convolution(x, `${name}_1`, filters, 1, widenStrides ?? 1), `${name}_1_relu`);
    y = relu(convolution(y, `${name}_2`, filters, 3, 1, 'same'), `${name}_2_relu`);
    y = convolution(y, `${name}_3`, 4 * filters, 1, 1);
    const sum = layers.add({ name: `${name}_add` }).apply([shortcut, y]) as SymbolicTensor;
    return relu(sum, `${name}_out`);
  }

  function convolution(
    x: SymbolicTensor,
    name: string,
    filters: number,
    kernelSize: number,
    strides: number,
    padding: 'valid' | 'same' = 'valid',
  ) {
    const options = { filters, kernelSize, strides, padding, kernelInitializer: kernelInitializer() };
    const y = layers.conv2d({ ...options, name: `${name}_conv` }).apply(x);
    return layers.batchNormalization({ epsilon: 1.001e-5, name: `${name}_bn` }).apply(y) as SymbolicTensor;
  }

  function relu(x: SymbolicTensor, name: string) {
    return layers.activation({ activation: 'relu', name }).apply(x) as SymbolicTensor;
  }
}

async function weightBytes(
  weights: 'imagenet' | WeightsSource | null,
  includeTop: boolean,
  { baseUrl, ...download }: ImagenetDownloadOptions = {},
): Promise<Uint8Array | null> {
  if (weights === null) return null;
  if (weights !== 'imagenet') return readBytes(weights, download);
  return imagenetWeights('resnet50', { includeTop, ...(baseUrl === undefined ? {} : { baseUrl }) }, download);
}

function checkOptions(
  weights: unknown,
  includeTop: boolean,
  [height, width]: readonly [number, number],
  classes: number,
): void {
  if (!(Number.isInteger(height) && Number.isInteger(width) && height >= 32 && width >= 32)) {
    throw new OptionError(
      `resnet50: expected inputSize of at least 32×32 whole pixels; received ${height}×${width}.`,
    );
  }
  if (includeTop && weights === 'imagenet' && classes !== 1000) {
    throw new OptionError(
      `resnet50: ImageNet's weights have a top of 1000 classes; received classes: ${classes}. ` +
        `Leave the top out (includeTop: false) and put a classifier of your own on it.`,
    );
  }
}

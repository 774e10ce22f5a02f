import { input, model as modelOf } from '@tensorflow/tfjs-layers';
import { OptionError } from '../errors';
import { ANY, checkOptions, FLAG, LIST, NUMBER, OBJECT, TEXT, WHOLE_FROM_1 } from '../options/check-options';
import { DOWNLOAD_RULES, type DownloadOptions, download } from '../weights/download';
import { loadWeights } from '../weights/load-weights';
import { readBytes, sourceName } from '../weights/read-bytes';
import type { WeightsSource } from '../weights/weights-source';
import { NetworkBuilder } from './architectures/network-builder';
import type { Backbone } from './backbone';
import { kernelInitializers } from './kernel-initializers';
import { orAnotherLibrarys } from './of-another-library';
import type { BackboneOptions } from './open-backbone';
import { resnet50Record } from './resnet50-record';
import { stagesOf } from './stages-of';

/** Options of `resnet50`. */
export interface ResNet50Options
  extends Pick<BackboneOptions, 'includeTop' | 'inputSize' | 'classes' | 'seed'> {
  /**
   * `'imagenet'`: Keras' official file, which is downloaded once and checked. A path, URL or bytes: a file in Keras'
   * legacy .h5 format. `null`: random weights. Default `'imagenet'`.
   */
  readonly weights?: 'imagenet' | WeightsSource | null;
  /** Options of the download for `'imagenet'`: progress, cache folder, retries, another host. */
  readonly download?: ImagenetDownloadOptions;
}

/** Options of the download of ImageNet weights. */
export interface ImagenetDownloadOptions extends DownloadOptions {
  /** The folder with Keras' files, on a mirror. Default: Keras' own. */
  readonly baseUrl?: string;
}

const ARCHITECTURE = resnet50Record.architecture;

const RULES = {
  weights: ANY,
  includeTop: FLAG,
  inputSize: LIST,
  classes: WHOLE_FROM_1,
  seed: NUMBER,
  download: OBJECT,
};

/**
 * ResNet-50: 25.6 million weights, a feature map of 2048 channels at 1/32 of the image's size.
 *
 * He et al., "Deep residual learning for image recognition", CVPR 2016. The names, order, shapes and number of layers
 * are those of Keras' `applications.ResNet50` (the first 1×1 convolution of a block has the stride). Unlike in Keras,
 * the default has no top, and a top works with any image size.
 *
 * Random weights are Glorot uniform, as in Keras, drawn from `seed`. The caller disposes `model`.
 *
 * @throws {OptionError} an image under 32×32, or ImageNet's weights with other than 1000 classes
 * @throws {DownloadError} ImageNet's weights can't be fetched; the message says how to get them by hand
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
  checkOptions('resnet50', options, RULES);
  checkOptions('resnet50: download', options.download ?? {}, { ...DOWNLOAD_RULES, baseUrl: TEXT });
  checkSizes(weights, includeTop, inputSize, classes);
  const bytes = await weightBytes(weights, includeTop, options.download);
  const image = input({ shape: [...inputSize, 3], name: 'input_layer' });
  const builder = new NetworkBuilder(ARCHITECTURE.style, kernelInitializers(weights === null ? seed : null));
  const outputs = ARCHITECTURE.build(image, builder, includeTop ? classes : 0);
  const model = modelOf({ inputs: image, outputs, name: 'resnet50' });
  if (bytes !== null) {
    try {
      await loadWeights(model, bytes, {
        sourceName: weights === 'imagenet' ? "ResNet50's ImageNet weights" : sourceName(weights!),
        aliases: ARCHITECTURE.aliases,
      });
    } catch (error) {
      model.dispose();
      throw orAnotherLibrarys(error, ['resnet50_torchvision']);
    }
  }
  return {
    name: 'resnet50',
    model,
    preprocessing: resnet50Record.preprocessing,
    stages: stagesOf(model, ARCHITECTURE.stageOf),
    layerAliases: ARCHITECTURE.aliases,
  };
}

async function weightBytes(
  weights: 'imagenet' | WeightsSource | null,
  includeTop: boolean,
  { baseUrl, ...options }: ImagenetDownloadOptions = {},
): Promise<Uint8Array | null> {
  if (weights === null) return null;
  if (weights !== 'imagenet') return readBytes(weights, options);
  const { url, checksum } = resnet50Record.weights[includeTop ? 1 : 0];
  const mirrored = baseUrl && `${baseUrl.replace(/\/*$/, '/')}${url.split('/').at(-1)}`;
  return download(mirrored ?? url, checksum, options);
}

function checkSizes(
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

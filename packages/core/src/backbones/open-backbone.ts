import { input, model as modelOf } from '@tensorflow/tfjs-layers';
import { OptionError } from '../errors';
import { ANY, checkOptions, FLAG, LIST, NUMBER, OBJECT, WHOLE_FROM_1 } from '../options/check-options';
import { CacheError } from '../weights/cache-dir';
import { DOWNLOAD_RULES, type DownloadOptions, download } from '../weights/download';
import { DownloadError } from '../weights/errors';
import { loadWeights } from '../weights/load-weights';
import type { ModelSource } from '../weights/weights-source';
import { NetworkBuilder } from './architectures/network-builder';
import type { Backbone, Preprocessing } from './backbone';
import type { BackboneRecord, PublishedWeights } from './backbone-record';
import { backboneRecords } from './backbone-records';
import { kernelInitializers } from './kernel-initializers';
import { namedRecord } from './named-record';
import { orAnotherLibrarys } from './of-another-library';
import { channelScales } from './preprocess';
import { registerLayers } from './register-layers';
import { stagesOf } from './stages-of';

/** Options of `backbone`. */
export interface BackboneOptions {
  /**
   * `'imagenet'`: the published weights, which are fetched once, checked and kept in the cache. A path, URL, `File` or
   * bytes: a file of any format that `loadWeights` reads. `null`: random weights. Default `'imagenet'`.
   */
  readonly weights?: 'imagenet' | ModelSource | null;
  /** Whether the model ends with global pooling and a dense layer of `classes` probabilities. Default false. */
  readonly includeTop?: boolean;
  /** Height and width, at least 32×32. Default: that of the network's record. */
  readonly inputSize?: readonly [height: number, width: number];
  /** The number of channels, such as 1 for grey images. The weights of the first convolution are adapted. Default 3. */
  readonly inputChannels?: number;
  /** The number of classes of the top, if there is one. Default 1000. */
  readonly classes?: number;
  /** Seeds random weights. Default 0. */
  readonly seed?: number;
  /** Limits, cache and progress of the download of published weights. */
  readonly download?: DownloadOptions;
}

const RULES = {
  weights: ANY,
  includeTop: FLAG,
  inputSize: LIST,
  inputChannels: WHOLE_FROM_1,
  classes: WHOLE_FROM_1,
  seed: NUMBER,
  download: OBJECT,
};

/**
 * Makes a pretrained network by its name; `backbones()` lists them.
 *
 * The caller disposes `model`.
 *
 * @param name for example `efficientnet_lite0`, whose weights come from PyPI
 * @throws {OptionError} an unknown name or option, an image under 32×32, or published weights with other than 1000 classes
 * @throws {DownloadError} the published weights can't be fetched; the message says how to get them by hand
 * @throws {WeightsFileError} the file can't be read
 * @throws {WeightsMismatchError} the file's weights don't fit
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import { backbone } from '@thawjs/core';
 *
 * const { model, stages } = await backbone('resnet18', { weights: null, inputSize: [64, 64] });
 * console.log(model.outputShape); // [ null, 2, 2, 512 ]
 * console.log(stages.map((stage) => stage.name)); // [ 'conv1', 'conv2', 'conv3', 'conv4', 'conv5' ]
 * model.dispose();
 * ```
 */
export async function backbone(name: string, options: BackboneOptions = {}): Promise<Backbone> {
  const record = namedRecord('backbone', name);
  const { architecture } = record;
  const { weights = 'imagenet', includeTop = false, inputChannels = 3, classes = 1000, seed = 0 } = options;
  const inputSize = options.inputSize ?? record.inputSize;
  checkOptions(`backbone("${name}")`, options, RULES);
  checkOptions(`backbone("${name}"): download`, options.download ?? {}, DOWNLOAD_RULES);
  checkSizes(record, options, inputSize);
  const published =
    weights === 'imagenet' ? await publishedBytes(record, includeTop, options.download) : undefined;
  registerLayers();
  const builder = new NetworkBuilder(architecture.style, kernelInitializers(weights === null ? seed : null));
  const image = input({ shape: [...inputSize, inputChannels], name: 'input_layer' });
  const outputs = architecture.build(image, builder, includeTop ? classes : 0);
  const model = modelOf({ inputs: image, outputs, name });
  const layerAliases = architecture.aliases;
  if (weights !== null) {
    try {
      await loadWeights({ model, layerAliases }, published ?? (weights as ModelSource), {
        ...(published ? { sourceName: `the published weights of ${name}` } : {}),
        ...options.download,
        adaptedLayer: architecture.firstLayer,
      });
    } catch (error) {
      model.dispose();
      throw orAnotherLibrarys(error, sameNetworks(name));
    }
  }
  const preprocessing = withChannels(record.preprocessing, inputChannels);
  return { name, model, preprocessing, stages: stagesOf(model, architecture.stageOf), layerAliases };
}

/** The networks of other libraries with the same name but for the library's. */
function sameNetworks(name: string): readonly string[] {
  const plain = (one: string) => one.replace(/_(keras|timm|torchvision)$/, '');
  return backboneRecords
    .map((record) => record.name)
    .filter((other) => other !== name && plain(other) === plain(name));
}

async function publishedBytes(
  { name, weights }: BackboneRecord,
  includeTop: boolean,
  options: DownloadOptions | undefined,
): Promise<Uint8Array> {
  const fitting = weights.filter(({ top }) => top || !includeTop);
  const failures: DownloadError[] = [];
  for (const file of fitting) {
    try {
      return await bytesOf(file, options);
    } catch (error) {
      const isLast = error instanceof CacheError || options?.signal?.aborted;
      if (!(error instanceof DownloadError) || isLast) throw error;
      failures.push(error);
    }
  }
  const [first] = failures;
  if (failures.length === 1) throw first;
  const reason = first
    ? `none of its ${failures.length} published files can be had. ${first.message}`
    : 'no file of known hash is published. Pass a path or URL as `weights`, or null for random ones.';
  throw new DownloadError(name, `${name}: ${reason}`, { cause: new AggregateError(failures) });
}

async function bytesOf(file: PublishedWeights, options: DownloadOptions | undefined): Promise<Uint8Array> {
  if (!('wheel' in file)) return download(file.url, file.checksum, options);
  // Imported dynamically, so that pages without such a network don't load it.
  const { wheelFile } = await import('../weights/wheel-file');
  return wheelFile(file.wheel, file.checksum, options);
}

/**
 * The preprocessing for another number of channels. Each channel gets the average of the three channels' numbers, as in
 * timm.
 */
function withChannels(preprocessing: Preprocessing, channels: number): Preprocessing {
  const { mean } = preprocessing;
  if (channels === mean.length) return preprocessing;
  const average = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const all = (value: number) => Array.from({ length: channels }, () => value);
  return { channelOrder: 'rgb', mean: all(average(mean)), scale: all(average(channelScales(preprocessing))) };
}

function checkSizes(
  { name, architecture: { smallestSide } }: BackboneRecord,
  { weights = 'imagenet', includeTop = false, classes = 1000 }: BackboneOptions,
  [height, width]: readonly [number, number],
): void {
  const refuse = (expected: string, received: unknown) =>
    new OptionError(`backbone("${name}"): expected ${expected}; received ${received}.`);
  const fits = (side: number) => Number.isInteger(side) && side >= smallestSide;
  if (!fits(height) || !fits(width)) {
    throw refuse(`inputSize of at least ${smallestSide}×${smallestSide} whole pixels`, `${height}×${width}`);
  }
  if (includeTop && weights === 'imagenet' && classes !== 1000) {
    throw refuse(
      "1000 classes, which ImageNet's weights have a top of (leave the top out and put a classifier of your own on it)",
      classes,
    );
  }
}

import * as tf from '@tensorflow/tfjs-core';
import { NotAnImageError } from '../errors';
import type { ImageInput } from '../images/image-input';
import type { ClassifierParts, Predictor } from './classifier-parts';
import { type ClassifyOptions, checkClassifyOptions } from './classify-options';
import { imageBatches } from './image-batches';
import { predict } from './predict';

/** One label of a classified image. */
export interface LabelPrediction {
  readonly label: string;
  readonly probability: number;
  /** Whether the probability reaches the label's threshold. */
  readonly predicted: boolean;
}

/** The answer for one image. With `onError: 'return'` it may be an error. */
export type Classification<Options> = Options extends { readonly onError: 'return' }
  ? readonly LabelPrediction[] | Error
  : readonly LabelPrediction[];

/** Several images: a list, a browser's `FileList`, or a tensor `[images, height, width, channels]`. */
export type ImageInputs = readonly ImageInput[] | ArrayLike<Blob> | tf.Tensor4D;

/**
 * Classifies images as people have them: a path, URL, `File`, `Blob`, the bytes of an image file, `ImageData`, an element of a
 * page, or a tensor of pixels from 0 to 255, of any size.
 *
 * Each image is decoded and resized as `@thawjs/datasets` does in training: EXIF orientation is applied, grey becomes three
 * channels, CMYK becomes RGB, alpha is dropped, and the whole image is resized bilinearly, whatever its shape. If training
 * cropped images or showed parts of them, give such parts. Under Node, image files are decoded by the package sharp
 * (`npm install sharp`); a browser decodes by itself. At most four images are decoded at once, and one batch ahead.
 *
 * @param classifier a Classifier, an Ensemble, or their parts
 * @param image one image, or a list of images, which gives a list of answers in its order
 * @returns the labels by falling probability; `predicted` compares with the classifier's thresholds, or `threshold`
 * @throws NotAnImageError if something isn't an image or exceeds `limits`; DownloadError if a URL can't be fetched; DecoderMissingError
 * if sharp isn't installed; OptionError if an option is misspelt or out of range; PrecisionError
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu';
 * import { classifier, classify, resnet50 } from '@thawjs/core';
 * import sharp from 'sharp';
 *
 * const backbone = await resnet50({ weights: null, inputSize: [32, 32] });
 * const model = classifier(backbone, { labels: ['Smiling', 'Eyeglasses', 'Hat'] });
 * const photo = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#a52' } })
 *   .jpeg()
 *   .toBuffer();
 * const [first, ...others] = await classify(model, photo, { topK: 2 });
 * console.log(typeof first?.label, others.length); // string 1
 * const answers = await classify(model, [photo, 'lost.jpg'], { onError: 'return' });
 * console.log(answers.map((answer) => answer instanceof Error)); // [ false, true ]
 * ```
 */
export function classify<Options extends ClassifyOptions = ClassifyOptions>(
  classifier: Predictor & Pick<ClassifierParts, 'thresholds'>,
  image: ImageInputs,
  options?: Options,
): Promise<Classification<Options>[]>;
export function classify<Options extends ClassifyOptions = ClassifyOptions>(
  classifier: Predictor & Pick<ClassifierParts, 'thresholds'>,
  image: ImageInput,
  options?: Options,
): Promise<Classification<Options>>;
export async function classify(
  classifier: Predictor & Pick<ClassifierParts, 'thresholds'>,
  given: ImageInput | ImageInputs,
  options: ClassifyOptions = {},
): Promise<Classification<ClassifyOptions> | Error | (Classification<ClassifyOptions> | Error)[]> {
  checkClassifyOptions(options);
  const several = listOf(given);
  const images = several ?? [given as ImageInput];
  const { topK, threshold, limits = {}, onError = 'throw', ...prediction } = options;
  try {
    const errors = new Map<number, Error>();
    const take = onError === 'return' ? (index: number, error: Error) => errors.set(index, error) : undefined;
    const { data } = await predict(classifier, imageBatches(images, limits, take), prediction);
    const { labels } = classifier;
    const thresholds = threshold === undefined ? classifier.thresholds : labels.map(() => threshold);
    const answers = images.map((_, row) => {
      const probabilities = data.subarray(row * labels.length, (row + 1) * labels.length);
      return errors.get(row) ?? ranked(labels, probabilities, thresholds).slice(0, topK);
    });
    return several ? answers : answers[0];
  } finally {
    // The slices of a batch are made here.
    if (given instanceof tf.Tensor && several) tf.dispose(several as tf.Tensor[]);
  }
}

function ranked(
  labels: readonly string[],
  probabilities: Float32Array,
  thresholds: readonly number[],
): LabelPrediction[] {
  return labels
    .map((label, i) => ({
      label,
      probability: probabilities[i],
      // In 32 bits, as `evaluate` compares.
      predicted: probabilities[i] >= Math.fround(thresholds[i]),
    }))
    .sort((a, b) => b.probability - a.probability);
}

/** The images of a list; undefined if one image was given. */
function listOf(given: ImageInput | ImageInputs): readonly ImageInput[] | undefined {
  if (given instanceof tf.Tensor) {
    if (given.rank !== 4) return undefined;
    return given.shape[0] === 0 ? [] : tf.tidy(() => tf.unstack(given));
  }
  if (Array.isArray(given)) {
    if (given.length > 0 && given.every((one) => typeof one === 'number')) {
      throw new NotAnImageError(
        'classify: expected images; received a list of numbers. Give the bytes of a file as a Uint8Array.',
      );
    }
    return given;
  }
  if (typeof FileList !== 'undefined' && given instanceof FileList) return Array.from(given);
  return undefined;
}

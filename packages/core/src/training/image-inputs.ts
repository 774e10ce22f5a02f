import type { Classifier } from '../classifier/classifier';
import { nativeJpegDecoder } from '../images/native-jpeg-decoder';
import type { LabelledImages } from '../labelled-images';
import { batchTensor } from '../prediction/batch-tensor';
import type { StepInputs } from './step-input';

export interface ImageInputsOptions {
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly seed: number;
  readonly signal?: AbortSignal;
}

/** Inputs for steps of the whole network: batches of images, which the data set decodes anew in each epoch. */
export function imageInputs(
  classifier: Classifier,
  images: LabelledImages,
  { batchSize, shuffle, seed, signal }: ImageInputsOptions,
): StepInputs {
  return {
    length: images.length,
    batches: Math.ceil(images.length / batchSize),
    async *epoch(epoch, from = 0) {
      const size = classifier.inputSize;
      const skip = images.canSkip ? from : 0;
      const decoder = nativeJpegDecoder();
      const options = { size, batchSize, shuffle, seed, epoch, signal, decoder, ...(skip > 0 && { skip }) };
      let index = skip;
      for await (const batch of images.batches(options)) {
        if (index++ < from) continue;
        const { y, known, rows } = batch;
        yield { x: batchTensor(classifier, batch), y, known, rows };
      }
    },
  };
}

import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Classifier } from '../classifier/classifier';
import { batchNormMode, isBatchNorm } from '../freezing/batch-norm-mode';
import { leafLayers } from '../freezing/leaf-layers';
import type { LabelledImages } from '../labelled-images';
import type { BatchEvent } from './callback';
import { extractFeatures, type Features } from './extract-features';
import { featureInputs } from './feature-inputs';
import { imageInputs } from './image-inputs';
import type { PhaseOptions } from './phase-options';
import type { StepInputs } from './step-input';
import { timeLeft } from './time-left';

/** What a phase's epochs run on: the whole network on images, or the head on features. */
export interface PhaseRun {
  readonly model: LayersModel;
  readonly train: StepInputs;
  readonly validation?: StepInputs;
}

/** The whole network, on images decoded anew each epoch. */
export function imageRun(classifier: Classifier, options: PhaseOptions): PhaseRun {
  const { train, validation, batchSize = 32, seed = 0, signal } = options;
  return {
    model: classifier.model,
    train: imageInputs(classifier, train, { batchSize, shuffle: true, seed, signal }),
    validation:
      validation && imageInputs(classifier, validation, { batchSize, shuffle: false, seed, signal }),
  };
}

/**
 * The head alone, on features that are computed here and die with the phase, so that none can be stale.
 */
export async function featureRun(
  classifier: Classifier,
  options: PhaseOptions,
  emit: (event: BatchEvent) => Promise<void>,
): Promise<PhaseRun> {
  const { name, epochs, train, validation, batchSize = 32, seed = 0, signal } = options;
  const views = train.augmentation ? Math.min(options.views ?? 1, epochs) : 1;
  const ofValidation = Math.ceil((validation?.length ?? 0) / batchSize);
  const batches = views * Math.ceil(train.length / batchSize) + ofValidation;
  const clock = timeLeft(1, batches, 0);
  let batch = 0;
  const onBatch = () => {
    batch += 1;
    const where = { phase: name, epoch: 0, epochs, batch, batches };
    return emit({ ...where, activity: 'features', loss: Number.NaN, secondsLeft: clock('train') });
  };
  const extract = (images: LabelledImages, view: number) =>
    extractFeatures(classifier, images, { batchSize, view, seed, onBatch, signal });
  const kept: Features[] = [];
  for (let view = 0; view < views; view++) kept.push(await extract(train, view));
  const held = validation && (await extract(validation, 0));
  return {
    model: classifier.headModel(),
    train: featureInputs(kept, train.y, { batchSize, shuffle: true, seed }),
    validation: held && featureInputs([held], validation.y, { batchSize, shuffle: false, seed }),
  };
}

/** Whether the layers below the head give an image the same features in every epoch. */
export function featuresAreConstant(classifier: Classifier): boolean {
  const head = new Set(classifier.headLayers);
  return leafLayers(classifier.model)
    .filter(({ path }) => !head.has(path))
    .every(({ layer }) => {
      if (isBatchNorm(layer)) return batchNormMode(layer) === 'frozen';
      const learns = layer.trainable && layer.trainableWeights.length > 0;
      return !learns && !/Dropout|Noise/.test(layer.getClassName());
    });
}

import type { Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Preprocessing } from '../backbones/backbone';
import type { Classifier } from '../classifier/classifier';
import { FeatureCacheError, StaleFeaturesError } from '../errors';
import { type CutPoint, cutPoints } from '../features/cut-points';
import type { FeatureBudget } from '../features/feature-budget';
import { type FeatureFolder, featureFolder } from '../features/feature-folder';
import { isTraceable } from '../features/feature-key';
import { keepFeatures, type LabelledFeatures } from '../features/keep-features';
import { widthOf } from '../features/kept-features';
import { splitModel } from '../features/split-model';
import type { LabelledImages } from '../labelled-images';
import { constantLayers } from '../model/constant-layer';
import { nodeModules } from '../platform/node';
import type { ResolvedPrecision } from '../run/precision';
import type { BatchEvent } from './callback';
import { cleanUp } from './clean-up';
import { featureInputs } from './feature-inputs';
import { imageInputs } from './image-inputs';
import type { ResolvedPhase } from './resolve-phase';
import type { StepInputs } from './step-input';
import { timeLeft } from './time-left';

/** The model and inputs of a phase's epochs: the whole network and images, or the layers behind a cut and features. */
export interface PhaseRun {
  /** Shares the classifier's layers. */
  readonly model: LayersModel;
  /** The preprocessing of the inputs; undefined if the inputs are features. */
  readonly preprocessing?: Preprocessing;
  readonly train: StepInputs;
  readonly validation?: StepInputs;
  /** If features are kept: those of the training images, one element per view. */
  readonly features?: readonly LabelledFeatures[];
  /** Frees the features. Afterwards `model` can't be run any more, unless it is the classifier's own. */
  release(): Promise<void>;
}

/** The decisions about a phase's model and inputs before the phase starts. */
export interface PhaseSetup {
  /** The path of the layer whose output is kept; undefined if every step runs the whole network. */
  readonly featuresOf?: string;
  /** Computes the features, or finds them in the folder, if features are kept. */
  start(emit: (event: BatchEvent) => Promise<void>, note: (text: string) => Promise<void>): Promise<PhaseRun>;
}

/**
 * Decides which layers run once per image and which at every step.
 *
 * The deepest frozen prefix whose features fit in memory or in the folder runs once per image. This needs images that are
 * the same in every epoch: images without augmentation, or a fixed number of `views` (1 if only the head learns).
 */
export function setUpPhase(classifier: Classifier, options: ResolvedPhase): PhaseSetup {
  const images: PhaseSetup = { start: async () => imageRun(classifier, options) };
  const { featureBudget: budget, precision } = options;
  const { cuts, cut, room, folderBytes, traceable } = fittingCut(classifier, options);
  if (!budget || cuts.length === 0) return images;
  if (!cut) {
    const least = Math.min(...cuts.map((cut) => featureBytes(cut, options)));
    const text = `no features are kept: those of the frozen layers need ${bytes(least)}, featureCache.maxBytes is ${bytes(room)}.`;
    return noting(images, text);
  }
  const fits = featureBytes(cut, options) <= folderBytes;
  const chosen = { cut, precision, budget: { ...budget, folder: fits ? budget.folder : undefined } };
  const setup: PhaseSetup = {
    featuresOf: cut.path,
    start: (emit, note) => featureRun(classifier, options, chosen, emit, note),
  };
  if (!budget.folder || fits) return setup;
  const why = traceable
    ? `they need ${bytes(featureBytes(cut, options))}, featureCache.maxBytes is ${bytes(folderBytes)}`
    : 'the data set has no fingerprint to tell whether its images have changed';
  return noting(setup, `features are kept in memory alone: ${why}.`);
}

/** The options that decide which features a phase can keep. */
type CutOptions = Pick<ResolvedPhase, 'train' | 'validation' | 'views' | 'epochs' | 'featureBudget'>;

/** Whether a phase can keep the head's inputs, with the freeze state that the model has. */
export function canKeepHeadInputs(classifier: Classifier, options: CutOptions): boolean {
  return fittingCut(classifier, options).cut?.path === classifier.featureLayer;
}

/** All cuts that a phase could make, and the deepest one whose features fit in memory or in the folder. */
function fittingCut(classifier: Classifier, options: CutOptions) {
  const { featureBudget: budget, train, validation = train } = options;
  const traceable = [train, validation].every(isTraceable);
  const folderBytes = traceable ? (budget?.folder?.maxBytes ?? 0) : 0;
  const room = Math.max(budget?.memoryBytes ?? 0, folderBytes);
  const cuts = budget ? cutPoints(classifier.model).filter((cut) => repeats(classifier, cut, options)) : [];
  const cut = cuts.find((cut) => featureBytes(cut, options) <= room);
  return { cuts, cut, room, folderBytes, traceable };
}

function noting(setup: PhaseSetup, text: string): PhaseSetup {
  return {
    ...setup,
    start: async (emit, note) => {
      await note(text);
      return setup.start(emit, note);
    },
  };
}

/** Whether the images, and so the features at a cut, may be the same in every epoch. */
function repeats({ featureLayer }: Classifier, { prefix }: CutPoint, { train, views }: CutOptions): boolean {
  return (
    !train.augmentation || views !== undefined || prefix.some(({ layer }) => layer.name === featureLayer)
  );
}

function viewsOf({ train, views = 1, epochs }: CutOptions): number {
  return train.augmentation ? Math.min(views, epochs) : 1;
}

function featureBytes({ shape }: CutPoint, options: CutOptions): number {
  const { train, validation } = options;
  return 4 * widthOf(shape) * (viewsOf(options) * train.length + (validation?.length ?? 0));
}

function bytes(count: number): string {
  if (count < 1e6) return `${(count / 1e3).toFixed(1)} kB`;
  return count < 1e9 ? `${(count / 1e6).toFixed(1)} MB` : `${(count / 1e9).toFixed(1)} GB`;
}

/** Runs the whole network on images that are decoded anew in each epoch. */
function imageRun(classifier: Classifier, options: ResolvedPhase): PhaseRun {
  const { train, validation, batchSize, seed, signal } = options;
  return {
    model: classifier.model,
    preprocessing: classifier.preprocessing,
    train: imageInputs(classifier, train, { batchSize, shuffle: true, seed, signal }),
    validation:
      validation && imageInputs(classifier, validation, { batchSize, shuffle: false, seed, signal }),
    release: async () => {},
  };
}

interface ChosenCut {
  readonly cut: CutPoint;
  readonly budget: FeatureBudget;
  readonly precision: ResolvedPrecision;
}

/** Runs the layers behind the cut on features, which are computed here or found in the folder. */
async function featureRun(
  classifier: Classifier,
  options: ResolvedPhase,
  { cut, budget, precision }: ChosenCut,
  emit: (event: BatchEvent) => Promise<void>,
  note: (text: string) => Promise<void>,
): Promise<PhaseRun> {
  const { train, validation, batchSize, seed, signal } = options;
  const split = splitModel(cut);
  const kept: LabelledFeatures[] = [];
  const release = async () => {
    const closes = kept.splice(0).map((features) => () => features.close());
    const failures = await cleanUp([split.release, ...closes]);
    if (failures.length > 0) throw failures[0];
  };
  const check = stalenessCheck(classifier.model, cut);
  const onBatch = featureClock(options, emit);
  const views = viewsOf(options);
  const inMemory = featureBytes(cut, options) <= budget.memoryBytes;
  try {
    const folder = openFolder(budget);
    const shared = {
      classifier,
      prefix: split.prefix,
      batchSize,
      seed,
      precision,
      signal,
      inMemory,
      folder,
      onBatch,
      note,
    };
    const keep = async (images: LabelledImages, view: number) => {
      kept.push(await keepFeatures({ ...shared, images, view }));
    };
    for (let view = 0; view < views; view++) await keep(train, view);
    if (validation) await keep(validation, 0);
  } catch (error) {
    await release();
    if (!(error instanceof FeatureCacheError)) throw error;
    await note(`no features are kept, and memory hasn't room for them: ${error.message}`);
    return imageRun(classifier, options);
  }
  const inputs = (images: LabelledImages, features: readonly LabelledFeatures[], shuffle: boolean) =>
    featureInputs(features, { batchSize, shuffle, seed, order: images.order?.bind(images), check });
  return {
    model: split.rest,
    features: kept.slice(0, views),
    train: inputs(train, kept.slice(0, views), true),
    validation: validation && inputs(validation, kept.slice(views), false),
    release,
  };
}

function openFolder({ folder }: FeatureBudget): FeatureFolder | undefined {
  const node = nodeModules();
  return folder && node && featureFolder(node, folder.path, folder.maxBytes);
}

/** Reports progress over the features of all views of training and validation images together. */
function featureClock(options: ResolvedPhase, emit: (event: BatchEvent) => Promise<void>) {
  const { name, epochs, train, validation, batchSize } = options;
  const ofValidation = Math.ceil((validation?.length ?? 0) / batchSize);
  const batches = viewsOf(options) * Math.ceil(train.length / batchSize) + ofValidation;
  const clock = timeLeft(1, batches, 0);
  let batch = 0;
  return (done: number) => {
    let secondsLeft = 0;
    for (let i = 0; i < done; i++) secondsLeft = clock('train');
    batch += done;
    const where = { phase: name, epoch: 0, epochs, batch, batches };
    return emit({ ...where, activity: 'features', loss: Number.NaN, batchLoss: Number.NaN, secondsLeft });
  };
}

/**
 * Returns a check that the features are still valid. It fails if a weight of the prefix was written to (its `dataId` has
 * changed), or if a layer of the prefix was thawed.
 */
function stalenessCheck(model: LayersModel, { path, prefix }: CutPoint): () => void {
  const weights = prefix.flatMap(({ layer }) => layer.weights.map((weight) => weight.read() as Variable));
  const before = weights.map(({ dataId }) => dataId);
  return () => {
    const constant = constantLayers(model);
    const changed =
      weights.find(({ dataId }, i) => dataId !== before[i])?.name ??
      prefix.find(({ layer }) => !constant(layer))?.layer.name;
    if (changed === undefined) return;
    throw new StaleFeaturesError(
      `featureCache: expected the layers up to "${path}" to stay as they are while a phase trains on their features; ` +
        `"${changed}" was written to or thawed. Do so between phases, or pass featureCache: false.`,
    );
  };
}

import type { Classifier } from '../../classifier/classifier';
import type { TuneOptions } from '../../evaluation/tune-options';
import type { LabelledImages } from '../../labelled-images';
import { isModel, leafLayers } from '../../layers/leaf-layers';
import type { LossDescription } from '../../losses/loss';
import { layerCalls } from '../../model/layer-calls';
import { residualBranches } from '../../model/residual-branches';
import type { OptimizerDescription } from '../../optimizers/optimizer';
import type { NamedSchedule, ScheduleDescription } from '../../schedules/schedule';
import type { EarlyStoppingOptions } from '../callbacks/early-stopping';
import type { ThawOptions } from '../fine-tune-options';
import { factorsByPath } from '../learning-rate-factors';
import type { ResolvedPhase } from '../resolve-phase';
import type { WeightAverage } from '../weight-average';
import type { ChosenRecipe } from './choose-recipe';
import { described, describedOptimizer, type SourceDescription } from './described';

/** A data set of a recipe. */
export interface RecipeData {
  readonly images: number;
  /** The number of images per label that are known to be positive, in the labels' order. */
  readonly positives: readonly number[];
}

/** An input of a layer that is dropped for a share of the images. */
export interface DroppedBranch {
  readonly input: number;
  readonly rate: number;
}

/** A phase of a recipe. */
export interface RecipePhase {
  readonly name: string;
  readonly epochs: number;
  /** The steps per epoch. */
  readonly steps: number;
  readonly batchSize: number;
  readonly headStart: string;
  readonly optimizer: OptimizerDescription | SourceDescription;
  readonly learningRate: number | ScheduleDescription | SourceDescription;
  /** Factors of the rate by layer path; 1 for layers without one. */
  readonly learningRateFactors: Readonly<Record<string, number>>;
  readonly views: number | null;
  readonly weightAverage: Exclude<WeightAverage, false> | null;
  /** With stochastic depth: the input of a layer that is dropped and how often, by the layer's path. */
  readonly stochasticDepth?: Readonly<Record<string, DroppedBranch>>;
  readonly batchNorm: string;
  /** The paths of the layers with weights that stay as they are. */
  readonly frozen: readonly string[];
}

/** Everything that a run was told or that was chosen for it, as JSON: `recipe.json` of a run's folder. */
export interface RunRecipe {
  readonly format: 'thaw-recipe';
  readonly version: 1;
  readonly backbone: string;
  readonly labels: readonly string[];
  /** Height and width of the images. */
  readonly inputSize: readonly [height: number, width: number];
  readonly preprocessing: Classifier['preprocessing'];
  /** The layer whose output is the head's input, and the head's layers. */
  readonly featureLayer: string;
  readonly headLayers: readonly string[];
  readonly data: { readonly train: RecipeData; readonly validation: RecipeData | null };
  /** How the training images vary; null if they don't. */
  readonly augmentation: object | null;
  readonly seed: number;
  readonly precision: string;
  readonly loss: LossDescription | SourceDescription;
  /** Whether the images, or their labels, have weights of their own. */
  readonly sampleWeights: boolean;
  readonly phases: readonly RecipePhase[];
  readonly earlyStopping: EarlyStoppingOptions | null;
  /** How calibration and thresholds are fitted to validation at the end; null if they aren't. */
  readonly tune: TuneOptions | null;
  /** The options that were chosen rather than given, by name: the value and the reason. */
  readonly chosen: Readonly<Record<string, string>>;
}

/** The recipe of a run, without its phases. */
export function runRecipe(
  classifier: Classifier,
  { shared, earlyStopping, tune, chosen }: ChosenRecipe,
  { loss, seed }: Pick<ResolvedPhase, 'loss' | 'seed'>,
): Omit<RunRecipe, 'phases'> {
  const { train, validation, precision, sampleWeights } = shared;
  const { backboneName, labels, inputSize, preprocessing, featureLayer, headLayers } = classifier;
  return {
    format: 'thaw-recipe',
    version: 1,
    backbone: backboneName,
    labels,
    inputSize,
    preprocessing,
    featureLayer,
    headLayers,
    data: { train: dataOf(train), validation: validation ? dataOf(validation) : null },
    augmentation: train.augmentation ?? null,
    seed,
    precision: precision ?? 'float32',
    loss: described(loss),
    sampleWeights: sampleWeights !== undefined,
    earlyStopping: earlyStopping || null,
    tune: tune === true ? {} : tune || null,
    chosen,
  };
}

/** A phase of a recipe. The layers must be frozen as in the phase. */
export function recipePhase(
  classifier: Classifier,
  options: ResolvedPhase,
  { learningRate, batchNorm }: Pick<ThawOptions, 'learningRate' | 'batchNorm'>,
): RecipePhase {
  const { name, epochs, batchSize, headStart, views, weightAverage, stochasticDepth, train } = options;
  return {
    name,
    epochs,
    steps: Math.ceil(train.length / batchSize),
    batchSize,
    headStart,
    optimizer: describedOptimizer(options.optimizer),
    learningRate:
      typeof learningRate === 'function' ? described(learningRate as NamedSchedule) : Number(learningRate),
    learningRateFactors: Object.fromEntries(factorsByPath(classifier, options.learningRateFactors)),
    views: views ?? null,
    weightAverage: weightAverage || null,
    ...(stochasticDepth && { stochasticDepth: droppedBranches(classifier, stochasticDepth) }),
    batchNorm: batchNorm ?? (name === 'head' ? 'frozen' : 'affine'),
    frozen: leafLayers(classifier.model)
      .filter(({ layer }) => !isModel(layer) && layer.weights.length > 0 && !layer.trainable)
      .map(({ path }) => path),
  };
}

function dataOf({ length, labels, y, known }: LabelledImages): RecipeData {
  const positives = labels.map(() => 0);
  for (let i = 0; i < y.length; i++) if (known?.[i] !== 0) positives[i % labels.length] += y[i];
  return { images: length, positives };
}

function droppedBranches({ model }: Classifier, rate: number): Record<string, DroppedBranch> {
  const paths = new Map(leafLayers(model).map(({ layer, path }) => [layer, path]));
  const { calls } = layerCalls(model, () => true);
  return Object.fromEntries(
    residualBranches(model, calls).map(({ call, input, depth }) => [
      paths.get(call.layer)!,
      { input, rate: rate * depth },
    ]),
  );
}

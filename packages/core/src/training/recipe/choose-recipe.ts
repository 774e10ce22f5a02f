import type { Classifier } from '../../classifier/classifier';
import { linearHead } from '../../classifier/linear-head';
import { OptionError } from '../../errors';
import type { TuneOptions } from '../../evaluation/tune-options';
import { featureBudget } from '../../features/feature-budget';
import { applyFreezeState, readFreezeState } from '../../freezing/freeze-state';
import type { LabelledImages } from '../../labelled-images';
import { isModel, leafLayers } from '../../layers/leaf-layers';
import { adam } from '../../optimizers/adam';
import { cosine } from '../../schedules/cosine';
import type { EarlyStoppingOptions } from '../callbacks/early-stopping';
import type { FineTuneOptions, HeadOptions, ThawOptions } from '../fine-tune-options';
import { freezeAllButHead } from '../freeze-all-but-head';
import type { HeadStart } from '../head/start-head';
import type { PhaseOptions, TrainingOptions } from '../phase-options';
import { canKeepHeadInputs } from '../phase-run';
import { batchSizeOf, MOST_EPOCHS, rateFor, thawEpochsOf, thawRateOf, viewsOf } from './by-size';

/** The options of a phase, with all choices made. */
type ChosenPhase<Options> = Options & Pick<PhaseOptions, 'epochs' | 'learningRate'>;

/** The options of a run, with all choices made. */
export interface ChosenRecipe {
  readonly shared: Omit<TrainingOptions, 'callbacks' | 'resume'>;
  readonly head: ChosenPhase<HeadOptions> | false;
  readonly thaw: ChosenPhase<ThawOptions> | false;
  readonly earlyStopping: EarlyStoppingOptions | false;
  readonly tune: boolean | TuneOptions;
  /** The chosen options by name, such as `'thaw.epochs'`: the value and the reason. */
  readonly chosen: Readonly<Record<string, string>>;
}

/** How the images of a chosen recipe vary: as little as almost any photograph allows. */
const AUGMENTATION = { flip: true, rotation: 0.02, zoom: 0.08 } as const;

/** The head phase's epochs, and the highest rate of its cosine for Adam and the chosen batch size. */
const HEAD = {
  fitted: { epochs: 5, rate: 3e-4, why: 'the first one fits the head exactly' },
  kept: { epochs: 60, rate: 3e-3, why: 'on kept features they cost little' },
  images: { epochs: 8, rate: 3e-3, why: 'each runs the whole network, as its features are not kept' },
} as const;

/**
 * The epochs without a better one after which a phase of a chosen recipe ends: as many as the longest phase has. The first
 * epochs of a cosine are often worse than the head phase, and its last ones the best.
 */
const PATIENCE = MOST_EPOCHS;

/**
 * Fills in all options that are left out, from the size of the data, the optimizer and the batch size. Nothing is computed.
 *
 * If both phases have epochs and a learning rate, or are false, the recipe is explicit. Nothing is chosen then but the start
 * of a new head: the base rates.
 */
export async function chooseRecipe(
  classifier: Classifier,
  { head = {}, thaw: ownThaw, ...options }: FineTuneOptions,
): Promise<ChosenRecipe> {
  const { earlyStopping, tune, augment, out: _out, resume: _resume, callbacks: _, ...given } = options;
  const thaw = ownThaw ?? (canThaw(classifier) && {});
  const linear = linearHead(classifier);
  const start: HeadStart = (await linear?.isNew()) ? 'base-rates' : 'weights';
  if (ownThaw !== undefined && isExplicit(head) && isExplicit(thaw)) {
    return {
      shared: { ...given, train: augment ? augmented(given.train, augment) : given.train },
      head: head && { ...head, headStart: head.headStart ?? start },
      thaw: thaw && (head ? thaw : { ...thaw, headStart: thaw.headStart ?? start }),
      earlyStopping: earlyStopping ?? false,
      tune: tune ?? false,
      chosen: {},
    };
  }
  const { train, validation } = given;
  const { chosen, choose } = choices();
  if (ownThaw === undefined && !thaw)
    choose('thaw', undefined, false, 'the backbone has no weights that can learn');
  const images = train.length;
  const count = `${images} training images`;
  const mayVary = !train.augmentation && isAugmentable(train);
  const varied = mayVary
    ? choose('augment', augment, AUGMENTATION, 'as most photographs may vary; augment: false turns it off')
    : augment;
  const shared = {
    ...given,
    train: varied ? augmented(train, varied) : train,
    batchSize: choose('batchSize', given.batchSize, batchSizeOf(images), count),
    precision: choose('precision', given.precision, 'auto', 'bfloat16 if this machine is fast at it'),
  };
  const chosenHead = (own: HeadOptions): ChosenPhase<HeadOptions> => {
    const views =
      shared.train.augmentation && choose('head.views', own.views, viewsOf(images), `${count}, which vary`);
    const isKept = keepsHeadInputs(classifier, { ...shared, views, epochs: own.epochs ?? MOST_EPOCHS });
    const headStart = choose('head.headStart', own.headStart, ...firstHeadStart(linear, isKept, start));
    const kind = !isKept ? 'images' : linear && headStart === 'logistic-regression' ? 'fitted' : 'kept';
    const { epochs, rate, why } = HEAD[kind];
    const ratio = (own.batchSize ?? shared.batchSize) / batchSizeOf(images);
    return {
      ...own,
      headStart,
      epochs: choose('head.epochs', own.epochs, epochs, why),
      learningRate: choose(
        'head.learningRate',
        own.learningRate,
        cosine(rateFor(own.optimizer ?? adam, rate, ratio), { warmup: 0.05 }),
        'the usual rate of a new head for this optimizer and batch size',
      ),
      ...(views && { views }),
    };
  };
  const chosenThaw = (own: ThawOptions): ChosenPhase<ThawOptions> => {
    const rate = thawRateOf(own.optimizer ?? adam, own.batchSize ?? shared.batchSize);
    const schedule = cosine(rate, { warmup: 0.1 });
    return {
      ...own,
      ...(!head && { headStart: own.headStart ?? start }),
      epochs: choose('thaw.epochs', own.epochs, thawEpochsOf(images), count),
      learningRate: choose(
        'thaw.learningRate',
        own.learningRate,
        schedule,
        'the usual rate for this optimizer and batch size',
      ),
      weightAverage: choose(
        'thaw.weightAverage',
        own.weightAverage,
        'auto',
        'a moving average over a tenth of the updates',
      ),
    };
  };
  const fitted = validation ? choose('tune', tune, true, 'there is validation to fit to') : (tune ?? false);
  const calibrates = fitted && (fitted === true || fitted.calibration !== 'none');
  const ranks = calibrates && !given.metrics && validation && hasManyOfMost(validation);
  const keepBest = { monitor: ranks ? 'val_auc' : 'val_loss', patience: PATIENCE };
  const bestEpoch = (own: EarlyStoppingOptions): EarlyStoppingOptions => ({
    ...own,
    monitor: choose('earlyStopping.monitor', own.monitor, keepBest.monitor, 'the best epoch is kept by it'),
    patience: choose(
      'earlyStopping.patience',
      own.patience,
      keepBest.patience,
      'more epochs than a phase has',
    ),
  });
  const stops = validation
    ? choose('earlyStopping', earlyStopping, keepBest, 'the weights of the best epoch are kept')
    : (earlyStopping ?? false);
  return {
    shared,
    head: head && chosenHead(head),
    thaw: thaw && chosenThaw(thaw),
    earlyStopping: validation && stops ? bestEpoch(stops) : stops,
    tune: fitted,
    chosen,
  };
}

/** The start of a chosen head phase, and the reason. An exact fit needs the head's inputs of all images. */
function firstHeadStart(
  linear: object | undefined,
  isKept: boolean,
  otherwise: HeadStart,
): [start: HeadStart, why: string] {
  if (!linear) return ['weights', 'the head is not linear'];
  if (isKept) return ['logistic-regression', 'the head is linear'];
  const why = otherwise === 'weights' ? 'it has learned already' : 'it is new';
  return [otherwise, `${why}, and the features of the backbone are not kept`];
}

/** Whether a head phase can keep the head's inputs. The freeze state is left as it was. */
function keepsHeadInputs(
  classifier: Classifier,
  {
    featureCache,
    ...options
  }: Pick<PhaseOptions, 'train' | 'validation' | 'views' | 'epochs' | 'featureCache'>,
): boolean {
  const budget = featureCache === false ? undefined : featureBudget(featureCache);
  const before = readFreezeState(classifier.model);
  freezeAllButHead(classifier);
  try {
    return canKeepHeadInputs(classifier, { ...options, featureBudget: budget });
  } finally {
    applyFreezeState(classifier.model, before);
  }
}

/**
 * Whether the macro AUC of a validation set says enough to choose an epoch by: of half of the labels or more, there are five
 * positive and five negative images. Calibration at the end mends probabilities, but not their order.
 */
function hasManyOfMost({ labels, y, known }: LabelledImages): boolean {
  const counts = labels.map(() => [0, 0]);
  for (let i = 0; i < y.length; i++) if (known?.[i] !== 0) counts[i % labels.length][y[i]] += 1;
  return 2 * counts.filter((ofLabel) => Math.min(...ofLabel) >= 5).length >= labels.length;
}

/** Whether a layer besides the head has weights. A graph model's are constants. */
function canThaw({ model, headLayers }: Classifier): boolean {
  const head = new Set(headLayers);
  return leafLayers(model).some(
    ({ layer, path }) => !isModel(layer) && !head.has(path) && layer.weights.length > 0,
  );
}

/** Collects what is chosen, with the reasons. */
function choices() {
  const chosen: Record<string, string> = {};
  const choose = <Value>(name: string, own: Value | undefined, value: Value, why: string): Value => {
    if (own !== undefined) return own;
    chosen[name] = `${JSON.stringify(value).replaceAll('"', '')} (${why})`;
    return value;
  };
  return { chosen, choose };
}

function isExplicit<Options extends HeadOptions>(
  phase: Options | false,
): phase is ChosenPhase<Options> | false {
  return phase === false || (phase.epochs !== undefined && phase.learningRate !== undefined);
}

/** A data set that can vary its images, as `ImageDataset` of `@thawjs/datasets` can. */
type Augmentable = LabelledImages & { augment(options: object): LabelledImages };

function isAugmentable(images: LabelledImages): images is Augmentable {
  return typeof (images as Partial<Augmentable>).augment === 'function';
}

function augmented(images: LabelledImages, options: object): LabelledImages {
  if (isAugmentable(images)) return images.augment(options);
  throw new OptionError(
    'fineTune: expected train to have the method augment, as data sets of @thawjs/datasets have; this one has not. ' +
      'Leave augment out, or vary the images in batches().',
  );
}

import { checkClassifier } from '../classifier/check-classifier';
import type { Classifier } from '../classifier/classifier';
import { OptionError } from '../errors';
import type { Tuning } from '../evaluation/tune';
import { checkTuneOptions, type TuneOptions } from '../evaluation/tune-options';
import { BATCH_NORM_MODE, type BatchNormMode } from '../freezing/batch-norm-mode';
import type { Selection } from '../freezing/selection';
import { ANY, checkOption, checkOptions, OBJECT, type OptionRule } from '../options/check-options';
import { checkLabelledImages } from '../prediction/check-labelled-images';
import type { EarlyStoppingOptions } from './callbacks/early-stopping';
import type { GradualThaw } from './gradual-thaw';
import type { HistoryRow } from './history';
import type { PhaseOptions, TrainingOptions } from './phase-options';
import { rulesOf } from './phase-rules';
import type { RunRecipe } from './recipe/run-recipe';

/** Options of a phase of `fineTune`. Each that is left out is chosen. */
interface OfPhase
  extends Partial<
    Pick<
      PhaseOptions,
      | 'epochs'
      | 'learningRate'
      | 'batchSize'
      | 'learningRateFactors'
      | 'layerDecay'
      | 'optimizer'
      | 'views'
      | 'weightAverage'
      | 'stochasticDepth'
      | 'headStart'
    >
  > {}

/** The phase that trains the new head while the backbone is frozen. */
export interface HeadOptions extends OfPhase {}

/** The phase that trains the head and the thawed part of the backbone. */
export interface ThawOptions extends OfPhase {
  /** The number of layers that stay frozen, counted from the input as in Keras' `base.layers[:10]`; default 0. */
  readonly freezeFirst?: number;
  /** The layers that stay frozen, as a selection; instead of `freezeFirst`. */
  readonly freeze?: Selection;
  /** The mode of thawed BatchNormalization layers; default `'affine'`. */
  readonly batchNorm?: BatchNormMode;
  /**
   * Thaws a stage at a time, from the head down, each in a phase of its own before the phase `'thaw'`: `'thaw-1'`,
   * `'thaw-2'`, … Their `epochs` (default 1) and `learningRate` (default: this phase's) are per phase, so that a schedule
   * begins anew in each. `true`: all defaults. The backbone must have stages.
   */
  readonly gradually?: true | GradualThaw;
}

/**
 * Options of `fineTune`. Only `train` is needed.
 *
 * If both phases are given their `epochs` and `learningRate`, or are `false`, the recipe is explicit, and nothing else is
 * chosen. Otherwise all options that are left out are chosen from the size of the data, and the run's `recipe` says how.
 */
export interface FineTuneOptions extends Omit<TrainingOptions, 'resume'> {
  /** `false` leaves the phase out. Options that are left out are chosen. */
  readonly head?: HeadOptions | false;
  /** `false` leaves the phase out. Options that are left out are chosen. */
  readonly thaw?: ThawOptions | false;
  /**
   * How the training images vary, as for `augment` of `@thawjs/datasets`; `false`: they don't. In a chosen recipe, images
   * without an augmentation of their own are mirrored, turned and zoomed a little, if the data set has the method.
   */
  readonly augment?: false | object;
  /**
   * In a chosen recipe with validation, the weights of the best epoch are kept: the one with the highest `val_auc`, or, if
   * nothing is calibrated or the AUC of so few images says little, with the least `val_loss`. `false`: those of the last.
   * Of an object's options, `monitor` and `patience` are chosen if they are left out.
   */
  readonly earlyStopping?: EarlyStoppingOptions | false;
  /**
   * Whether calibration and thresholds are fitted to the validation images at the end, and how (see `tune`). In a chosen
   * recipe with validation, they are.
   */
  readonly tune?: boolean | TuneOptions;
  /**
   * The folder of the run, or `indexeddb://NAME` in a browser: it gets the recipe, the history, a checkpoint and the model.
   * See docs/run-folder.md.
   */
  readonly out?: string;
  /**
   * `true`: the run in `out` continues where it was interrupted. A text: what `checkpoint` writes to. The run starts
   * from the beginning if there is no training state. Give the same model, data and options as before.
   */
  readonly resume?: string | true;
}

/** The record of a `fineTune` run. */
export interface Run {
  /** One row per epoch, of the phase `'head'`, then of `'thaw'`, or of `'thaw-1'` and so on before it. */
  readonly history: readonly HistoryRow[];
  /** Wall time by phase. */
  readonly seconds: Readonly<Record<string, number>>;
  /** True if the signal ended the run early. */
  readonly interrupted: boolean;
  /** All options, told and chosen, as JSON. */
  readonly recipe: RunRecipe;
  /**
   * The loss that constant predictions, the base rates of the training labels, have on the validation images, or on the
   * training images without validation. A model that learned something has a smaller one. NaN for a loss that is a plain
   * function of tensors.
   */
  readonly baseRateLoss: number;
  /** The calibration and thresholds that were fitted to validation; undefined if none were. */
  readonly tuning?: Tuning;
}

const OF_PHASE = rulesOf(
  'epochs',
  'learningRate',
  'batchSize',
  'learningRateFactors',
  'layerDecay',
  'optimizer',
  'views',
  'weightAverage',
  'stochasticDepth',
  'headStart',
) satisfies Record<keyof HeadOptions, OptionRule>;

const OF_THAW = {
  ...OF_PHASE,
  freezeFirst: ANY,
  freeze: ANY,
  batchNorm: BATCH_NORM_MODE,
  gradually: {
    accepts: (value) => value === true || OBJECT.accepts(value),
    expected: 'to be true, or an object of options',
  },
} satisfies Record<keyof ThawOptions, OptionRule>;

/** The data sets' parts are checked by `checkLabelledImages`. */
const DATA: OptionRule = { accepts: OBJECT.accepts, expected: 'to be a data set' };

const OBJECT_OR_FALSE: OptionRule = {
  accepts: (value) => value === false || OBJECT.accepts(value),
  expected: 'to be an object of options, or false',
};
const TEXT: OptionRule = {
  accepts: (value) => typeof value === 'string' && value !== '',
  expected: 'to be a path',
};

const OF_RUN = {
  train: DATA,
  validation: DATA,
  ...rulesOf(
    'batchSize',
    'seed',
    'loss',
    'sampleWeights',
    'metrics',
    'featureCache',
    'callbacks',
    'signal',
    'way',
    'recompute',
    'precision',
  ),
  head: OBJECT_OR_FALSE,
  thaw: OBJECT_OR_FALSE,
  augment: OBJECT_OR_FALSE,
  earlyStopping: OBJECT_OR_FALSE,
  tune: {
    accepts: (value) => value === true || OBJECT_OR_FALSE.accepts(value),
    expected: 'to be true, false or options',
  },
  out: TEXT,
  resume: { accepts: (value) => value === true || TEXT.accepts(value), expected: 'to be true, or a path' },
} satisfies Record<keyof FineTuneOptions, OptionRule>;

/**
 * Refuses what isn't a classifier, misspelt options, values of a wrong kind, and data that isn't the classifier's.
 *
 * @throws OptionError, DataMismatchError
 */
export function checkFineTuneOptions(classifier: Classifier, options: FineTuneOptions): void {
  checkClassifier('fineTune', classifier);
  if (OBJECT.accepts(options)) refusePhaseOptions(options);
  checkOptions('fineTune', options, OF_RUN);
  const { train, validation, tune, head, thaw } = options;
  checkOption('fineTune', 'train', train, DATA);
  checkLabelledImages(classifier.labels, train, 'train');
  if (validation) checkLabelledImages(classifier.labels, validation, 'validation');
  if (typeof tune === 'object') checkTuneOptions(tune);
  if (tune && !validation) {
    throw new OptionError(
      'fineTune: expected validation, to which tune fits; there is none. Give validation, or tune: false.',
    );
  }
  if (head) checkOptions('fineTune: head', head, OF_PHASE);
  if (thaw) checkOptions('fineTune: thaw', thaw, OF_THAW);
}

/** Says where an option belongs that was given for the run, but is a phase's. @throws OptionError */
function refusePhaseOptions(options: object): void {
  const name = Object.keys(options).find((key) => !Object.hasOwn(OF_RUN, key) && Object.hasOwn(OF_THAW, key));
  if (name === undefined) return;
  const phases = Object.hasOwn(OF_PHASE, name) ? 'head or thaw' : 'thaw';
  throw new OptionError(
    `fineTune: expected options among ${Object.keys(OF_RUN).join(', ')}; received "${name}", which is an option of a ` +
      `phase. Give it in ${phases}, as thaw: { ${name}: … }.`,
  );
}

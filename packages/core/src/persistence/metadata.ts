import type { Preprocessing, Stage } from '../backbones/backbone';
import { SavedModelError } from '../errors';
import { type FreezeState, readFreezeState } from '../freezing/freeze-state';
import { type Calibration, isCalibration } from '../prediction/calibration';
import type { ClassifierParts } from '../prediction/classifier-parts';

/** The parts of a saved classifier besides its LayersModel, stored in model.json as `userDefinedMetadata.thaw`. */
export interface SavedMetadata {
  /**
   * 2 if the classifier is calibrated, because a reader that ignores the calibration would give other probabilities.
   */
  readonly version: 1 | 2;
  readonly backboneName: string;
  readonly labels: readonly string[];
  readonly thresholds: readonly number[];
  readonly preprocessing: Preprocessing;
  readonly stages: readonly Stage[];
  readonly featureLayer: string;
  readonly headLayers: readonly string[];
  readonly freezing: FreezeState;
  /** Only in version 2. */
  readonly calibration?: Calibration;
}

/**
 * The parts of a classifier that are stored beside its LayersModel.
 *
 * @throws SavedModelError if a part was set to a value that couldn't be loaded again.
 */
export function metadataFrom(classifier: ClassifierParts): SavedMetadata {
  const {
    model,
    backboneName,
    labels,
    thresholds,
    preprocessing,
    stages,
    featureLayer,
    headLayers,
    calibration,
  } = classifier;
  const metadata: SavedMetadata = {
    version: calibration ? 2 : 1,
    backboneName,
    labels,
    thresholds,
    preprocessing,
    stages,
    featureLayer,
    headLayers,
    freezing: readFreezeState(model),
    ...(calibration && { calibration }),
  };
  const damage = damageOf(metadata);
  if (damage === undefined) return metadata;
  throw new SavedModelError(`save: expected ${damage}. Give the classifier such a value, then save it.`);
}

/** Per part: a description of valid values, and the check. */
const PARTS: Readonly<
  Record<
    Exclude<keyof SavedMetadata, 'version' | 'calibration'>,
    readonly [string, (value: unknown) => boolean]
  >
> = {
  backboneName: ['a string', isString],
  labels: [
    'different strings',
    (value) => isStrings(value) && new Set(value).size === value.length && value.length > 0,
  ],
  thresholds: [
    'numbers from 0 to 1',
    (value) => isList(value, (part) => isNumber(part) && part >= 0 && part <= 1),
  ],
  preprocessing: ['{ channelOrder, mean, scale }', isPreprocessing],
  stages: ['a list of { name, layers }', isStages],
  featureLayer: ['a string', isString],
  headLayers: ['strings', isStrings],
  freezing: ['{ frozen, batchNorm }', isFreezeState],
};

/**
 * Checks and returns the metadata in a model.json or a `.keras` file. A calibration counts in version 2 alone.
 *
 * @throws SavedModelError if there is none, or it is of a later version or damaged.
 */
export function metadataOf(stored: unknown, source: string): SavedMetadata {
  const metadata = stored as SavedMetadata | undefined | null;
  if (!metadata) {
    throw new SavedModelError(
      `load: expected a classifier saved by Thaw at ${source}; it is a model without Thaw's labels and preprocessing. ` +
        'Give load the option like, a classifier that has them, or read the network with openModel and wrap it in a Backbone.',
    );
  }
  if (metadata.version !== 1 && metadata.version !== 2) {
    throw new SavedModelError(
      `load: expected a classifier of version 1 or 2 at ${source}; it is of version ${metadata.version}. Update @thawjs/core.`,
    );
  }
  const damage = damageOf(metadata);
  if (damage !== undefined) {
    throw new SavedModelError(`load: expected ${damage} at ${source}. The model is damaged: save it again.`);
  }
  if (metadata.version === 2) return metadata;
  const { calibration: _, ...uncalibrated } = metadata;
  return uncalibrated;
}

/** Describes the first damaged part of the metadata: the valid values and the stored one. Undefined if no part is damaged. */
function damageOf(metadata: SavedMetadata): string | undefined {
  for (const [name, [expected, fits]] of Object.entries(PARTS)) {
    const value = metadata[name as keyof SavedMetadata];
    if (!fits(value)) return `${expected} as ${name}; it is ${JSON.stringify(value)?.slice(0, 100)}`;
  }
  const { labels, thresholds, version, calibration } = metadata;
  if (version === 2 && !isCalibration(calibration, labels.length))
    return `a slope above 0 and an intercept for each of ${labels.length} labels as calibration`;
  if (labels.length !== thresholds.length)
    return `a threshold for each of ${labels.length} labels; there are ${thresholds.length}`;
  return undefined;
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function isList<Part>(value: unknown, isPart: (part: unknown) => part is Part): value is readonly Part[];
function isList(value: unknown, isPart: (part: unknown) => boolean): boolean;
function isList(value: unknown, isPart: (part: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isPart);
}

function isStrings(value: unknown): value is readonly string[] {
  return isList(value, isString);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isPreprocessing(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { channelOrder, mean, scale } = value;
  const perChannel = isList(mean, isNumber) && mean.length > 0;
  const scaled = isNumber(scale) || (perChannel && isList(scale, isNumber) && scale.length === mean.length);
  return ['rgb', 'bgr'].includes(channelOrder as string) && perChannel && scaled;
}

export function isStages(value: unknown): boolean {
  return isList(value, isStage);
}

function isStage(value: unknown): boolean {
  return isRecord(value) && isString(value.name) && isStrings(value.layers);
}

function isFreezeState(value: unknown): boolean {
  if (!isRecord(value) || !isStrings(value.frozen) || !isRecord(value.batchNorm)) return false;
  return Object.values(value.batchNorm).every((mode) =>
    ['frozen', 'affine', 'training'].includes(mode as string),
  );
}

import { DatasetOptionError } from '../errors';

/** How a rectangle of an image is erased; see Zhong et al., "Random Erasing Data Augmentation", 2017. */
export interface RandomErasing {
  /** The share of images in which a rectangle is erased. */
  readonly probability: number;
  /** The rectangle's area as a share of the image's, uniform between these. Default `[0.02, 0.33]`. */
  readonly area: readonly [least: number, most: number];
  /** The rectangle's height divided by its width, log-uniform between these. Default `[0.3, 3.3]`. */
  readonly aspect: readonly [least: number, most: number];
  /** Red, green and blue in 0–255, or `'noise'` (default), uniform in 0–255. */
  readonly fill: readonly [red: number, green: number, blue: number] | 'noise';
}

/** RandAugment of Cubuk et al., 2019: a few operations per image, all of one strength. */
export interface RandAugment {
  /** Operations per image, drawn with replacement. Default 2. */
  readonly operations: number;
  /** Their strength, from 0 to 30, of the paper's scale of 31 steps. Default 9. */
  readonly magnitude: number;
}

/** How images are varied. Values are drawn for each image in each epoch. */
export interface Augmentation {
  /** Mirror left to right with probability ½. */
  readonly flip: boolean;
  /** Turn about the centre by an angle uniform in ± this fraction of a full turn, as Keras' `RandomRotation`. */
  readonly rotation: number;
  /** Scale about the centre by 1 + z, z uniform in ± this fraction, as Keras' `RandomZoom`; z > 0 shows more. */
  readonly zoom: number;
  /** Shift by t times the height and by another t times the width, each uniform in ± this fraction, as Keras' `RandomTranslation`. */
  readonly translation: number;
  /** Multiply all values by a factor uniform in 1 ± this, as torchvision's `ColorJitter`. */
  readonly brightness: number;
  /** Spread the values about the image's mean grey by a factor uniform in 1 ± this. */
  readonly contrast: number;
  /** Spread the colours about their grey by a factor uniform in 1 ± this. */
  readonly saturation: number;
  /** Turn the hue by a fraction of the colour circle uniform in ± this. */
  readonly hue: number;
  /** Erase a rectangle. */
  readonly erasing?: RandomErasing;
  /** A few operations drawn at random; geometric ones join the flip, rotation, zoom and translation in one interpolation. */
  readonly randAugment?: RandAugment;
}

/** The options of `augment`. Options that are left out change nothing. A number for `erasing` is its probability. */
export type AugmentOptions = Partial<Omit<Augmentation, 'erasing' | 'randAugment'>> & {
  readonly erasing?: number | Partial<RandomErasing>;
  readonly randAugment?: boolean | Partial<RandAugment>;
};

const LIMITS = {
  rotation: [0.5, 'a fraction of a full turn in [0, 0.5]', ' 10° is 10 / 360.'],
  zoom: [1 - Number.EPSILON, 'a fraction in [0, 1)', ''],
  translation: [1, 'a fraction of the side in [0, 1]', ''],
  brightness: [1, 'how far the factor may be from 1, in [0, 1]', ''],
  contrast: [1, 'how far the factor may be from 1, in [0, 1]', ''],
  saturation: [1, 'how far the factor may be from 1, in [0, 1]', ''],
  hue: [0.5, 'a fraction of the colour circle in [0, 0.5]', ''],
} as const;

/**
 * Checks the options and fills in defaults. Returns undefined if nothing is varied.
 *
 * @throws {DatasetOptionError} an option is outside its range
 */
export function augmentation({
  flip = false,
  rotation = 0,
  zoom = 0,
  translation = 0,
  brightness = 0,
  contrast = 0,
  saturation = 0,
  hue = 0,
  erasing = 0,
  randAugment = false,
}: AugmentOptions): Augmentation | undefined {
  const amounts = { rotation, zoom, translation, brightness, contrast, saturation, hue };
  for (const [name, amount] of Object.entries(amounts)) {
    const [most, what, hint] = LIMITS[name as keyof typeof LIMITS];
    check(amount >= 0 && amount <= most, `${name} as ${what}`, amount, hint);
  }
  const chosenErasing = randomErasing(typeof erasing === 'number' ? { probability: erasing } : erasing);
  const chosenOperations = randAugment && randAugmentation(randAugment === true ? {} : randAugment);
  const any =
    flip || chosenErasing || chosenOperations || Object.values(amounts).some((amount) => amount > 0);
  return any
    ? {
        flip,
        ...amounts,
        ...(chosenErasing && { erasing: chosenErasing }),
        ...(chosenOperations && { randAugment: chosenOperations }),
      }
    : undefined;
}

function randomErasing({
  probability = 0.5,
  area = [0.02, 0.33],
  aspect = [0.3, 3.3],
  fill = 'noise',
}: Partial<RandomErasing>): RandomErasing | undefined {
  check(probability >= 0 && probability <= 1, 'erasing.probability in [0, 1]', probability);
  check(area[0] > 0 && area[0] <= area[1] && area[1] <= 1, 'erasing.area as two shares in (0, 1]', area);
  check(aspect[0] > 0 && aspect[0] <= aspect[1], 'erasing.aspect as two numbers above 0', aspect);
  check(
    fill === 'noise' || (fill.length === 3 && fill.every((value) => value >= 0 && value <= 255)),
    "erasing.fill as [red, green, blue] in 0–255, or 'noise'",
    fill,
  );
  return probability > 0 ? { probability, area, aspect, fill } : undefined;
}

function randAugmentation({ operations = 2, magnitude = 9 }: Partial<RandAugment>): RandAugment | undefined {
  check(
    Number.isInteger(operations) && operations >= 0,
    'randAugment.operations as a whole number from 0',
    operations,
  );
  check(magnitude >= 0 && magnitude <= 30, 'randAugment.magnitude in [0, 30]', magnitude);
  return operations > 0 ? { operations, magnitude } : undefined;
}

function check(right: boolean, expected: string, received: unknown, hint = ''): void {
  if (!right) {
    const shown = typeof received === 'number' ? received : JSON.stringify(received);
    throw new DatasetOptionError(`augment: expected ${expected}; received ${shown}.${hint}`);
  }
}

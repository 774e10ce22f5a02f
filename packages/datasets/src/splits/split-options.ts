import { DatasetOptionError } from '../errors';
import { ANY } from '../options/check-options';
import type { SplitName } from '../records/dataset-records';

/** The share of the rows that each part gets; they add up to 1. A part that is left out gets none. */
export type SplitFractions = Readonly<Partial<Record<SplitName, number>>>;

/**
 * The way that rows are divided.
 *
 * `'group'`, or the dataset's own name of its groups (`'identity'`): no group is in two parts, labels balanced.
 * `'stratified'`: row by row, labels balanced. `'official'`: the authors' split. `'random'`: row by row, for comparison.
 * Default: `'group'` if there are groups, else `'stratified'`.
 */
export type SplitWay = 'group' | 'stratified' | 'official' | 'random' | (string & {});

/** How rows are divided. */
export interface SplitOptions {
  readonly by?: SplitWay;
  /** Default 70% train, 15% validation, 15% test; the official split has its own. */
  readonly fractions?: SplitFractions;
  /**
   * How many positives of every label each part must have. Default: one as far as there are enough, in train first, then test,
   * then validation. Where it is given, labels that fall short are an error. For `'group'` and `'stratified'`.
   */
  readonly minPositivesPerPart?: number;
  /** Another seed, another division. Default 0. */
  readonly seed?: number;
}

/** How rows are divided into folds. */
export interface KFoldOptions {
  /** With `'official'` the official test part stays out of the folds, and the other rows are divided by group or stratified. */
  readonly by?: SplitWay;
  /**
   * How many positives of every label each fold must have. Default: one as far as there are enough. Where it is given, labels
   * that fall short are an error. Not for `'random'`.
   */
  readonly minPositivesPerFold?: number;
  /** Another seed, another division. Default 0. */
  readonly seed?: number;
}

/** The options of {@link KFoldOptions}; their values are checked beside the rows. */
export const foldRules = { by: ANY, seed: ANY, minPositivesPerFold: ANY };

/** The options of {@link SplitOptions}. */
export const splitRules = { by: ANY, seed: ANY, fractions: ANY, minPositivesPerPart: ANY };

/** The parts of a split, in order. */
export const SPLIT_NAMES: readonly SplitName[] = ['train', 'validation', 'test'];

const DEFAULT_FRACTIONS: SplitFractions = { train: 0.7, validation: 0.15, test: 0.15 };

/**
 * Checks the fractions, and fills in parts that were left out.
 *
 * @returns one fraction per name of `SPLIT_NAMES`
 * @throws {DatasetOptionError} a part is unknown, a fraction is negative or no number, or they don't add up to 1
 */
export function checkedFractions(fractions: SplitFractions = DEFAULT_FRACTIONS): number[] {
  const unknown = Object.keys(fractions).find((name) => !SPLIT_NAMES.includes(name as SplitName));
  if (unknown !== undefined) {
    throw new DatasetOptionError(
      `split: expected fractions of ${SPLIT_NAMES.join(', ')}; received one of "${unknown}".`,
    );
  }
  const values = SPLIT_NAMES.map((name) => fractions[name] ?? 0);
  const sum = values.reduce((total, value) => total + value, 0);
  if (!values.every((value) => value >= 0) || !(Math.abs(sum - 1) <= 1e-6)) {
    throw new DatasetOptionError(
      `split: expected fractions of train, validation and test from 0 that add up to 1; received ${values.join(', ')}.`,
    );
  }
  return values;
}

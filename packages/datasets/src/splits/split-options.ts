import { DatasetOptionError } from '../errors';
import type { SplitName } from '../records/dataset-records';

/** The share of the rows that each part gets; they add up to 1. */
export type SplitFractions = Readonly<Record<SplitName, number>>;

/**
 * The way that rows are divided.
 *
 * `'group'`, or the dataset's own name of its groups (`'identity'`): no group is in two parts, labels balanced.
 * `'stratified'`: row by row, labels balanced. `'official'`: the authors' split. `'random'`: row by row, for comparison.
 * Default: `'group'` where there are groups, else `'stratified'`.
 */
export type SplitWay = 'group' | 'stratified' | 'official' | 'random' | (string & {});

/** How rows are divided. */
export interface SplitOptions {
  readonly by?: SplitWay;
  /** Default 70% train, 15% validation, 15% test; the official split has its own. */
  readonly fractions?: SplitFractions;
  /** Another seed, another division. Default 0. */
  readonly seed?: number;
}

/** How rows are divided into folds. */
export interface KFoldOptions {
  /** With `'official'` the official test part stays out of the folds, and the other rows are divided by group or stratified. */
  readonly by?: SplitWay;
  /** Another seed, another division. Default 0. */
  readonly seed?: number;
}

/** The fractions of a split that is not told otherwise. */
export const DEFAULT_FRACTIONS: SplitFractions = { train: 0.7, validation: 0.15, test: 0.15 };

/**
 * Checks the fractions.
 *
 * @throws {DatasetOptionError} one is negative or no number, or they don't add up to 1
 */
export function checkFractions({ train, validation, test }: SplitFractions): void {
  const values = [train, validation, test];
  const sum = train + validation + test;
  if (!values.every((value) => value >= 0) || Math.abs(sum - 1) > 1e-6) {
    throw new DatasetOptionError(
      `split: expected fractions of train, validation and test from 0 that add up to 1; received ${values.join(', ')}.`,
    );
  }
}

import { OptionError } from '../errors';
import { ABOVE_0, checkOption, checkOptions, FROM_0, FROM_0_TO_1, oneOf } from '../options/check-options';
import { type PredictOptions, predictRules } from '../prediction/predict';

/** The goal that `tune` fits a threshold for. */
export type ThresholdGoal =
  /** The highest F1. */
  | 'f1'
  /** The highest recall + specificity − 1. */
  | 'youden'
  /** ½ for every label: nothing is fitted. */
  | 'half'
  /** The highest F-beta: recall weighs `fbeta` times as much as precision. */
  | { readonly fbeta: number }
  /** The highest recall among the thresholds with at least this precision. */
  | { readonly precisionAtLeast: number }
  /** The highest precision among the thresholds with at least this recall. */
  | { readonly recallAtLeast: number }
  /** The least cost, of an image that wrongly gets the label, and of one whose label is missed. */
  | { readonly cost: { readonly falsePositive: number; readonly falseNegative: number } };

/** Options of `tune`. */
export interface TuneOptions extends PredictOptions {
  /**
   * How probabilities are calibrated; default `'platt'`. `'platt'` fits a slope and an intercept per label, `'temperature'`
   * one slope for all labels. With `'none'` probabilities are the network's own.
   */
  readonly calibration?: 'platt' | 'temperature' | 'none';
  /** The goal of the thresholds; default `'f1'`. */
  readonly thresholds?: ThresholdGoal;
}

const WORDS = ['f1', 'youden', 'half'];
const NUMBERS = { fbeta: ABOVE_0, precisionAtLeast: FROM_0_TO_1, recallAtLeast: FROM_0_TO_1 };

/** Checks the options of `tune` before anything is predicted. @throws OptionError */
export function checkTuneOptions(options: TuneOptions): void {
  checkOptions('tune', options, {
    ...predictRules,
    calibration: oneOf('platt', 'temperature', 'none'),
    thresholds: {
      accepts: (value) => WORDS.includes(value as string) || isGoal(value),
      expected:
        `to be ${WORDS.map((word) => `'${word}'`).join(', ')}, { fbeta }, { precisionAtLeast }, ` +
        '{ recallAtLeast } or { cost: { falsePositive, falseNegative } }',
    },
  });
  const { thresholds } = options;
  if (typeof thresholds !== 'object') return;
  if (!('cost' in thresholds)) {
    for (const [name, rule] of Object.entries(NUMBERS)) {
      if (name in thresholds) checkOption('tune', name, (thresholds as Record<string, unknown>)[name], rule);
    }
    return;
  }
  const rules = { falsePositive: FROM_0, falseNegative: FROM_0 };
  const { cost } = thresholds;
  checkOptions('tune: cost', cost ?? {}, rules);
  for (const [name, rule] of Object.entries(rules)) {
    checkOption('tune: cost', name, (cost as Record<string, unknown> | undefined)?.[name], rule);
  }
  if (cost.falsePositive === 0 && cost.falseNegative === 0) {
    throw new OptionError('tune: expected a cost above 0 of wrong answers; received 0 for both kinds.');
  }
}

function isGoal(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const names = Object.keys(value);
  return names.length === 1 && [...Object.keys(NUMBERS), 'cost'].includes(names[0]);
}

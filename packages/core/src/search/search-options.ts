import type { Classifier } from '../classifier/classifier';
import { OptionError } from '../errors';
import {
  ANY,
  checkOption,
  checkOptions,
  FUNCTION,
  numberRule,
  OBJECT,
  type OptionRule,
  oneOf,
  SIGNAL,
  TEXT,
  WHOLE_FROM_0,
  WHOLE_FROM_1,
} from '../options/check-options';
import type { Callback } from '../training/callback';
import type { FineTuneOptions } from '../training/fine-tune-options';
import type { Draw } from './draw';

/** The options of `fineTune` that a recipe sets, and a name for the table. */
export interface SearchRecipe
  extends Partial<Omit<FineTuneOptions, 'train' | 'validation' | 'callbacks' | 'signal' | 'out' | 'resume'>> {
  /** Names the trial and its folder; by default `trial-001` and so on. */
  readonly name?: string;
}

/** Options of `search`. */
export interface SearchOptions
  extends Pick<FineTuneOptions, 'train' | 'validation' | 'signal' | 'featureCache'> {
  /**
   * Makes the classifier of a trial: a new object each time, with the same layer names and weights. The search disposes it.
   * It gets the trial's recipe, so that recipes can differ in more than training.
   */
  readonly model: (recipe: SearchRecipe) => Classifier | Promise<Classifier>;
  /** The recipes, or a function that draws one. */
  readonly recipes: readonly SearchRecipe[] | ((draw: Draw) => SearchRecipe);
  /** The number of recipes to draw. Needed if `recipes` is a function. */
  readonly trials?: number;
  /** Seeds the draws; default 0. */
  readonly seed?: number;
  /** The number of the history to compare; default `'val_auc'`. Losses of different kinds aren't comparable. */
  readonly monitor?: string;
  /** Whether a smaller or a larger value is better. `'auto'` (default): smaller for a loss, larger otherwise. */
  readonly mode?: 'auto' | 'min' | 'max';
  /**
   * Successive halving: all trials run a part of their epochs, then the best `1 / factor` of them `factor` times as many,
   * and so on. By default every trial runs in full.
   */
  readonly halving?: { readonly factor: number };
  /** The folder of the search. Each trial has a folder in it, which `fineTune` writes. */
  readonly out: string;
  /** Makes the callbacks of a trial, such as `progress()`. */
  readonly callbacks?: (name: string) => readonly Callback[];
}

const RULES: Readonly<Record<keyof SearchOptions, OptionRule>> = {
  train: OBJECT,
  validation: OBJECT,
  signal: SIGNAL,
  featureCache: ANY,
  model: FUNCTION,
  recipes: {
    accepts: (value) => typeof value === 'function' || (Array.isArray(value) && value.length > 0),
    expected: 'to be a list of recipes, or a function that draws one',
  },
  trials: WHOLE_FROM_1,
  seed: WHOLE_FROM_0,
  monitor: TEXT,
  mode: oneOf('auto', 'min', 'max'),
  halving: OBJECT,
  out: TEXT,
  callbacks: FUNCTION,
};

/** Refuses misspelt options, and values out of range. @throws OptionError */
export function checkSearchOptions(options: SearchOptions): void {
  checkOptions('search', options, RULES);
  for (const name of ['train', 'model', 'recipes', 'out'] as const) {
    checkOption('search', name, options[name], RULES[name]);
  }
  const { halving, recipes, trials, monitor = 'val_auc', validation } = options;
  if (halving) {
    const factor = numberRule('of 2 or more', (value) => value >= 2);
    checkOptions('search: halving', halving, { factor });
    checkOption('search: halving', 'factor', halving.factor, factor);
  }
  if (typeof recipes === 'function') checkOption('search', 'trials', trials, WHOLE_FROM_1);
  else if (trials !== undefined) {
    throw new OptionError(
      'search: expected trials only if recipes is a function; the list has its own length.',
    );
  }
  if (monitor.startsWith('val_') && !validation) {
    throw new OptionError(`search: expected validation, which monitor "${monitor}" is of; there is none.`);
  }
}

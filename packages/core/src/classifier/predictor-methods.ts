import { type Evaluation, evaluate } from '../evaluation/evaluate';
import type { EvaluateOptions } from '../evaluation/evaluate-options';
import { type Tunable, type Tuning, tune } from '../evaluation/tune';
import type { TuneOptions } from '../evaluation/tune-options';
import type { LabelledImages } from '../labelled-images';
import { PredictingMethods } from './predicting-methods';

/** The methods that Classifier and Ensemble share: those that predict, and those that take labelled images. */
export abstract class PredictorMethods extends PredictingMethods {
  /** See `evaluate`. */
  evaluate(this: Tunable, test: LabelledImages, options?: EvaluateOptions): Promise<Evaluation> {
    return evaluate(this, test, options);
  }

  /** See `tune`. Of an ensemble it leaves the members as they are. */
  tune(this: Tunable, validation: LabelledImages, options?: TuneOptions): Promise<Tuning> {
    return tune(this, validation, options);
  }
}

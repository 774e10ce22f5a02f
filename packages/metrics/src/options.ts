import type { MatrixInput } from './matrix-input';

/**
 * How the values of the classes become one: not at all, by their mean, from the pooled counts or pairs, or by
 * their mean weighted by positives.
 */
export type ClassAverage = 'none' | 'macro' | 'micro' | 'weighted';

/** {@link ClassAverage}, or computed for each row and averaged over the rows. */
export type Average = ClassAverage | 'samples';

/** One value per class for the average `'none'`, else one number. */
export type Averaged<A extends Average> = A extends 'none' ? Float64Array : number;

/**
 * What to do with an undefined (NaN) value: `'nan'` keeps it, so that averages are NaN, too; `'skip'` leaves
 * it out of averages; a number replaces it everywhere.
 */
export type UndefinedPolicy = 'nan' | 'skip' | number;

/** A score counts as a positive prediction when `score >= threshold` (scikit-learn, torchmetrics) or `score > threshold` (Keras). */
export type Comparison = '>=' | '>';

/** Options that every metric has. */
export interface LabelOptions {
  /** Class names, one per column. They give the number of columns if labels and scores are both flat. */
  readonly labels?: readonly string[];
}

/**
 * The two values of a label, for "no" and "yes": `'0/1'`, or `'-1/1'` as in CelebA's own files and in support
 * vector machines.
 */
export type LabelCoding = '0/1' | '-1/1';

/** Options that say how labels are coded, and which of them are unknown. */
export interface CodingOptions extends LabelOptions {
  /** Default `'0/1'`. */
  readonly coding?: LabelCoding;
  /**
   * A label value that means "unknown", such as −1 or NaN: all metrics leave out cells with it. Default none.
   */
  readonly ignoreValue?: number;
}

/** Options of every function of labels, with or without scores. */
export interface KnownLabelOptions extends CodingOptions {
  /**
   * 1 where a label is known, 0 where its cell is to be left out; in the shape of the labels. By default all
   * labels are known.
   */
  readonly mask?: MatrixInput;
}

/** Options of every metric of labels and scores. */
export interface InputOptions extends KnownLabelOptions {
  /** The weight of each row: one finite number per row, at least 0. Default 1. */
  readonly sampleWeight?: ArrayLike<number>;
}

/** The options of an accumulator: those of its metric without the two that describe single rows. */
export type StreamingOptions<O extends InputOptions> = Omit<O, 'mask' | 'sampleWeight'>;

/** Options of every metric that turns scores into decisions. */
export interface ThresholdOptions extends InputOptions {
  /**
   * Decision threshold, one for all classes or one per class. Default 0.5, so that 0/1 predictions can be
   * passed as scores. Required if scores are outside [0, 1], as logits are.
   */
  readonly threshold?: number | ArrayLike<number>;
  /** Default `'>='`. */
  readonly comparison?: Comparison;
}

/** Options of the metrics that compare all labels of a row. */
export interface ExactRowsOptions extends ThresholdOptions {
  /**
   * `true` for the share of the rows, `false` for their number, or the sum of their weights. Default `true`.
   */
  readonly normalize?: boolean;
}

/** Options of the metrics that are ratios of counts. */
export interface RatioOptions extends ThresholdOptions {
  /** The value of 0/0. Default NaN; scikit-learn's default is 0. */
  readonly zeroDivision?: number;
  /** What to do with values that are still NaN. Default `'nan'`. */
  readonly undefined?: UndefinedPolicy;
}

import type { MatrixInput } from './matrix-input';

/** How per-class values become one: not at all, their mean, from the pooled counts or pairs, or their mean weighted by support. */
export type ClassAverage = 'none' | 'macro' | 'micro' | 'weighted';

/** {@link ClassAverage}, or computed for each row and averaged over the rows. */
export type Average = ClassAverage | 'samples';

/** One value per class for the average `'none'`, else one number. */
export type Averaged<A extends Average> = A extends 'none' ? Float64Array : number;

/**
 * What to do with an undefined (NaN) value: `'nan'` keeps it, and averages propagate it; `'skip'` leaves it
 * out of averages; a number takes its place everywhere.
 */
export type UndefinedPolicy = 'nan' | 'skip' | number;

/** A score counts as a positive prediction when `score >= threshold` (scikit-learn, torchmetrics) or `score > threshold` (Keras). */
export type Comparison = '>=' | '>';

/** Options that every metric has. */
export interface LabelOptions {
  /** Class names, one a column; also gives the number of columns where labels and scores are both flat. */
  readonly labels?: readonly string[];
}

/** How a label says yes and no: `'0/1'`, or `'-1/1'` as in CelebA's own files and in support vector machines. */
export type LabelCoding = '0/1' | '-1/1';

/** Options that say how labels are to be read, and which of them are unknown. */
export interface CodingOptions extends LabelOptions {
  /** Default `'0/1'`. */
  readonly coding?: LabelCoding;
  /** A label value that says "unknown", such as −1 or NaN: its cell is left out of everything. Default none. */
  readonly ignoreValue?: number;
}

/** Options of every function of labels, with or without scores. */
export interface KnownLabelOptions extends CodingOptions {
  /** 1 where a label is known, 0 where its cell is to be left out; of the labels' shape. Default all known. */
  readonly mask?: MatrixInput;
}

/** Options of every metric of labels and scores. */
export interface InputOptions extends KnownLabelOptions {
  /** How much each row weighs: one finite number from 0 a row. Default 1 each. */
  readonly sampleWeight?: ArrayLike<number>;
}

/** An accumulator's options: those of its metric without what belongs to the rows of one update. */
export type StreamingOptions<O extends InputOptions> = Omit<O, 'mask' | 'sampleWeight'>;

/** Options of every metric that turns scores into decisions. */
export interface ThresholdOptions extends InputOptions {
  /**
   * Decision threshold, one for all classes or one per class. Default 0.5, so that 0/1 predictions can be passed as scores;
   * scores outside [0, 1], such as logits, need one.
   */
  readonly threshold?: number | ArrayLike<number>;
  /** Default `'>='`. */
  readonly comparison?: Comparison;
}

/** Options of the metrics that count rows whose labels are all right. */
export interface ExactRowsOptions extends ThresholdOptions {
  /** The share of the rows; `false` for their number, or the sum of their weights. Default `true`. */
  readonly normalize?: boolean;
}

/** Options of the metrics that are ratios of counts. */
export interface RatioOptions extends ThresholdOptions {
  /** The value of 0/0. Default NaN; scikit-learn's default is 0. */
  readonly zeroDivision?: number;
  /** What to do with values that are still NaN. Default `'nan'`. */
  readonly undefined?: UndefinedPolicy;
}

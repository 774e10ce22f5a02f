import type { MatrixInput } from '@thawjs/metrics';
import type { ClassDistribution } from '../class-distribution-chart';
import type { RgbImageInput } from '../encode-image';
import type { HistoryRowInput } from '../history-row-input';
import type { HtmlReportSection } from '../html-report';

/** The record of a training run in a report: the result of `fineTune` of `@thawjs/core`. */
export interface ReportRun {
  /** One row per epoch. */
  readonly history: readonly HistoryRowInput[];
  /** Wall time of each phase in seconds. */
  readonly seconds?: Readonly<Record<string, number>>;
  /** True if the run was ended early. */
  readonly interrupted?: boolean;
  /** Every option of the run, as plain JSON: the contents of `recipe.json`. */
  readonly recipe?: object;
  /** The loss of predictions that use only the base rates. */
  readonly baseRateLoss?: number;
  /** What was fitted to the validation images. */
  readonly tuning?: { readonly notes: readonly string[] } | undefined;
  /** Events of the run, one sentence each. */
  readonly notes?: readonly string[];
  /** Versions of the packages and of the backend, by name. */
  readonly versions?: Readonly<Record<string, string>>;
}

/** An interval of a number. */
export interface ReportInterval {
  readonly low: number;
  readonly high: number;
}

/** The labels and probabilities of the test images: the result of `evaluate` or `evaluateScores`. */
export interface ReportEvaluation {
  readonly labels: readonly string[];
  /** Labels, 0 or 1, images × labels. */
  readonly yTrue: MatrixInput;
  /** Probabilities, images × labels. */
  readonly yScore: MatrixInput;
  /** 1 where a label is known, else 0. By default all labels are known. */
  readonly known?: MatrixInput;
  /** The probability from which on a label counts as predicted: one, or one per label; default ½. */
  readonly thresholds?: number | ArrayLike<number>;
  /** One name per image. */
  readonly ids?: readonly string[];
  /** Intervals of the macro averages, if they have been computed already. */
  readonly intervals?:
    | {
        readonly confidence: number;
        /** How they were computed; the report names it. */
        readonly method?: 'percentile' | 'basic';
        readonly resamples?: number;
        readonly macro: Readonly<Record<'auc' | 'averagePrecision' | 'f1', ReportInterval>>;
      }
    | undefined;
}

/** The test images: a dataset of `@thawjs/datasets`, or an object of the same form. */
export interface ReportImages {
  readonly ids?: readonly string[];
  /** Decodes an image. Without it, the worst mistakes are listed without pictures. */
  image?(row: number): Promise<RgbImageInput>;
  /** The group of each image. With 2 to 20 groups, the report has a slice by group. */
  readonly groups?: ArrayLike<string | number> | undefined;
  /** A text that changes if the images change. */
  readonly fingerprint?: string | (() => string | Promise<string>) | undefined;
}

/** A search for a good learning rate: the result of `lrFind` of `@thawjs/core`. */
export interface ReportLrFind {
  /** The rates that were tried, rising. */
  readonly rates: ArrayLike<number>;
  /** The loss at each rate. */
  readonly losses: ArrayLike<number>;
  /** The losses' moving average. */
  readonly smoothed?: ArrayLike<number>;
  /** The rates that the rules `valley` and `steep` suggest. */
  readonly suggestions?: {
    readonly valley?: number | undefined;
    readonly steep?: number | undefined;
  };
  /** True if the search ended because the loss exploded. */
  readonly diverged?: boolean;
}

/** One recipe that a search tried. */
export interface ReportTrial {
  readonly name: string;
  /** The score of the trial; NaN, null or missing if it has none. */
  readonly score?: number | null;
  /** The options that differ from trial to trial. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** The number of epochs that ran. */
  readonly epochs?: number;
  /** Wall time in seconds. */
  readonly seconds?: number;
  /** `'finished'`, `'stopped'`, `'diverged'` or the like. Only finished trials, and those without a status, can be the best. */
  readonly status?: string;
  /** The error of a trial that failed. */
  readonly error?: string;
}

/** The trials of a search over recipes: the result of `search` of `@thawjs/core`. */
export interface ReportSearch {
  readonly trials: readonly ReportTrial[];
  /** The score's name; default `'score'`. */
  readonly monitor?: string;
  /** Whether high or low scores are good; default `'max'`. */
  readonly mode?: 'min' | 'max';
}

/** The contents of {@link writeReport}. Every part may be left out. */
export interface ReportInput {
  /** Default `'Training report'`. */
  readonly title?: string;
  readonly subtitle?: string;
  /** More short names and values for the top of the page. */
  readonly facts?: Readonly<Record<string, string | number>>;
  readonly run?: ReportRun | undefined;
  readonly evaluation?: ReportEvaluation | undefined;
  readonly test?: ReportImages | undefined;
  /** The group of each image, by the name of what divides the images: `{ camera: ['a', 'b', …] }`. */
  readonly slices?: Readonly<Record<string, ArrayLike<string | number | boolean>>>;
  /** The number of images per class, for the sets that the run used. */
  readonly distribution?: readonly ClassDistribution[];
  readonly lrFind?: ReportLrFind | undefined;
  readonly search?: ReportSearch | undefined;
  /** Sections of your own, before the run's options. */
  readonly sections?: readonly HtmlReportSection[];
  /** The date on the page. Default: now. */
  readonly date?: Date;
}

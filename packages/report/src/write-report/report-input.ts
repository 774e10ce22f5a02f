import type { MatrixInput } from '@thawjs/metrics';
import type { ClassDistribution } from '../class-distribution-chart';
import type { RgbImageInput } from '../encode-image';
import type { HistoryRowInput } from '../history-row-input';
import type { HtmlReportSection } from '../html-report';

/** The record of a training run in a report: what `fineTune` of `@thawjs/core` returns. */
export interface ReportRun {
  /** One row per epoch. */
  readonly history: readonly HistoryRowInput[];
  /** Wall time by phase. */
  readonly seconds?: Readonly<Record<string, number>>;
  /** True if the run was ended early. */
  readonly interrupted?: boolean;
  /** Every option of the run, as plain JSON, such as `recipe.json` has it. */
  readonly recipe?: object;
  /** The loss of predictions that know the base rates, and nothing about an image. */
  readonly baseRateLoss?: number;
  /** What was fitted to the validation images. */
  readonly tuning?: { readonly notes: readonly string[] } | undefined;
  /** What happened on the way, one sentence each. */
  readonly notes?: readonly string[];
  /** Versions of the packages and of the backend, by name. */
  readonly versions?: Readonly<Record<string, string>>;
}

/** An interval of a number. */
export interface ReportInterval {
  readonly low: number;
  readonly high: number;
}

/** The labels and probabilities of the test images: what `evaluate` and `evaluateScores` return. */
export interface ReportEvaluation {
  readonly labels: readonly string[];
  /** Labels, 0 or 1, images × labels. */
  readonly yTrue: MatrixInput;
  /** Probabilities, images × labels. */
  readonly yScore: MatrixInput;
  /** 1 where a label is known, else 0; default all known. */
  readonly known?: MatrixInput;
  /** The probability from which on a label counts as predicted: one, or one per label; default ½. */
  readonly thresholds?: number | ArrayLike<number>;
  /** One name per image. */
  readonly ids?: readonly string[];
  /** Intervals of the macro averages, if they were computed already. */
  readonly intervals?: {
    readonly confidence: number;
    readonly macro: Readonly<Record<'auc' | 'averagePrecision' | 'f1', ReportInterval>>;
  };
}

/** The test images: a dataset of `@thawjs/datasets`, or its like. */
export interface ReportImages {
  readonly ids?: readonly string[];
  /** Decodes an image. Without it, the worst mistakes are listed without pictures. */
  image?(row: number): Promise<RgbImageInput>;
  /** What each image belongs to. With 2 to 20 groups, the report has a slice by group. */
  readonly groups?: ArrayLike<string | number> | undefined;
  /** A text that changes if the images change. */
  readonly fingerprint?: string | (() => string | Promise<string>) | undefined;
}

/** The learning rates that were tried in search for a good one: what `lrFind` of `@thawjs/core` returns. */
export interface ReportLrFind {
  /** Rising. */
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
  /** What it reached; NaN, null or missing if it has no score. */
  readonly score?: number | null;
  /** The options that differ from trial to trial. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** The epochs that ran. */
  readonly epochs?: number;
  /** Wall time. */
  readonly seconds?: number;
  /** `'finished'`, `'stopped'`, `'diverged'` or the like. Only finished trials, and those without a status, can be the best. */
  readonly status?: string;
  /** What ended a trial that failed. */
  readonly error?: string;
}

/** The trials of a search over recipes: what `search` of `@thawjs/core` returns. */
export interface ReportSearch {
  readonly trials: readonly ReportTrial[];
  /** The score's name; default `'score'`. */
  readonly monitor?: string;
  /** Whether a high or a low score is a good one; default `'max'`. */
  readonly mode?: 'min' | 'max';
}

/** What {@link writeReport} shows. Every part may be left out. */
export interface ReportInput {
  /** Default `'Training report'`. */
  readonly title?: string;
  readonly subtitle?: string;
  /** More short names and values for the top of the page. */
  readonly facts?: Readonly<Record<string, string | number>>;
  readonly run?: ReportRun | undefined;
  readonly evaluation?: ReportEvaluation | undefined;
  readonly test?: ReportImages | undefined;
  /** Groups by the name of what divides the images, one entry per image: `{ camera: ['a', 'b', …] }`. */
  readonly slices?: Readonly<Record<string, ArrayLike<string | number | boolean>>>;
  /** The images per class of the sets that the run used. */
  readonly distribution?: readonly ClassDistribution[];
  readonly lrFind?: ReportLrFind | undefined;
  readonly search?: ReportSearch | undefined;
  /** Sections of your own, before the run's options. */
  readonly sections?: readonly HtmlReportSection[];
  /** Default: now. */
  readonly date?: Date;
}

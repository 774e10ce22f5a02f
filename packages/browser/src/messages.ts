import type { BatchEvent, Calibration, HistoryRow, PhaseInfo, Preprocessing } from '@thawjs/core';
import type { Example } from './example';

/** An error as it is sent from the worker to the page. */
export type SentError =
  /** An error of one of Thaw's classes, by the name of its class. */
  | {
      readonly name: string;
      readonly message: string;
      readonly stack: string | undefined;
      readonly cause: SentError | undefined;
      /** The error's own fields, `code` among them. */
      readonly fields: Readonly<Record<string, unknown>>;
    }
  /** Any other error, as the browser copies it. */
  | { readonly other: unknown };

/** The answer to a call: the function's result, or its error. */
export type Outcome<Value> = { readonly value: Value } | { readonly error: SentError };

/** An event of a training, from the worker to the page. `ended` is the last one. */
export type TrainingEvent =
  | { readonly phase: PhaseInfo }
  | { readonly batch: BatchEvent }
  | { readonly epoch: HistoryRow }
  | { readonly note: string }
  | { readonly state: 'running' | 'paused' }
  | { readonly ended: true };

/** A command of the page to a training. */
export type TrainingCommand = 'pause' | 'resume' | 'stop';

/** An example as it is sent, with all its fields. */
export type SentExample = Required<Example>;

/** The facts about a classifier in the worker that the page keeps. */
export interface ClassifierFacts {
  readonly labels: readonly string[];
  readonly thresholds: readonly number[];
  readonly calibration: Calibration | undefined;
  readonly inputSize: readonly [height: number, width: number];
  readonly preprocessing: Preprocessing;
  readonly backboneName: string;
}

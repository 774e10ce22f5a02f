import {
  ABOVE_0,
  checkOption,
  checkOptions,
  FROM_0,
  FROM_0_TO_BELOW_1,
  type OptionRule,
} from '../options/check-options';

/** The learning rate as a function of the phase's progress: 0 at the first step, 1 at the last. Called at every step. */
export type Schedule = (progress: number) => number;

/** A schedule as JSON: its name and all its options, defaults included. `scheduleOf` makes the schedule of it again. */
export interface ScheduleDescription {
  readonly schedule: string;
  readonly learningRate: number;
  readonly [option: string]: unknown;
}

/** A schedule that knows its name and options. `JSON.stringify` writes them. */
export interface NamedSchedule extends Schedule {
  toJSON(): ScheduleDescription;
}

/** The warm-up that a schedule can begin with: the rate rises linearly from `start` to the schedule's rate. */
export interface WarmupOptions {
  /** The share of the phase that the warm-up takes, from 0 (default) to below 1. */
  readonly warmup?: number;
  /** The rate at the first step of the warm-up, 0 or more; default 0. */
  readonly start?: number;
}

/** A share of a phase that is passed but for this counts as passed: quotients of steps are rounded. */
export const ROUNDING = 1e-9;

/** The parts of a named schedule. */
interface ScheduleParts {
  /** All options, with their defaults. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The checks of the options. */
  readonly rules: Readonly<Record<string, OptionRule>>;
  /** The rate at a progress from 0 to 1. */
  readonly rateAt: Schedule;
}

/**
 * Makes a schedule that knows its name and options.
 *
 * @throws OptionError if an option is misspelt or outside its range.
 */
export function namedSchedule(
  name: string,
  learningRate: number,
  { options, rules, rateAt }: ScheduleParts,
): NamedSchedule {
  checkOption(name, 'a learning rate', learningRate, ABOVE_0);
  checkOptions(name, options, rules);
  const schedule = (progress: number) => rateAt(Math.min(Math.max(progress, 0), 1));
  return Object.assign(schedule, { toJSON: () => ({ schedule: name, learningRate, ...options }) });
}

/**
 * Makes a named schedule that can begin with a warm-up.
 *
 * @param rateAt the rate at a progress from 0 to 1, counted from the end of the warm-up.
 * @throws OptionError if an option is misspelt or outside its range.
 */
export function warmedSchedule(
  name: string,
  learningRate: number,
  { warmup = 0, start = 0, ...misspelt }: WarmupOptions,
  { options, rules, rateAt }: ScheduleParts,
): NamedSchedule {
  return namedSchedule(name, learningRate, {
    options: { ...options, warmup, start, ...misspelt },
    rules: { ...rules, warmup: FROM_0_TO_BELOW_1, start: FROM_0 },
    rateAt: (progress) =>
      progress < warmup
        ? start + (learningRate - start) * (progress / warmup)
        : rateAt((progress - warmup) / (1 - warmup)),
  });
}

import { OptionError } from '../errors';
import { constant } from './constant';
import { cosine } from './cosine';
import { exponential } from './exponential';
import { oneCycle } from './one-cycle';
import { polynomial } from './polynomial';
import type { NamedSchedule, ScheduleDescription } from './schedule';
import { step } from './step';

/** The schedules that have names. A new one needs a line here. */
const SCHEDULES: Readonly<Record<string, (learningRate: number, options: object) => NamedSchedule>> = {
  constant,
  cosine,
  exponential,
  oneCycle,
  polynomial,
  step,
};

/**
 * Makes a schedule of its description, as recipes and JSON files have it.
 *
 * @throws OptionError if there is no schedule of that name, or an option is misspelt or outside its range.
 *
 * @example
 * ```ts
 * import { cosine, scheduleOf } from '@thawjs/core';
 *
 * const text = JSON.stringify(cosine(0.003, { warmup: 0.05 }));
 * console.log(text); // {"schedule":"cosine","learningRate":0.003,"end":0,"warmup":0.05,"start":0}
 * console.log(scheduleOf(JSON.parse(text))(0.05)); // 0.003
 * ```
 */
export function scheduleOf({ schedule, learningRate, ...options }: ScheduleDescription): NamedSchedule {
  if (!Object.hasOwn(SCHEDULES, schedule)) {
    throw new OptionError(
      `scheduleOf: expected a schedule among ${Object.keys(SCHEDULES).join(', ')}; received "${schedule}".`,
    );
  }
  return SCHEDULES[schedule](learningRate, options);
}

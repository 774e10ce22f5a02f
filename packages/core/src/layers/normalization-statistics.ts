import { KERAS_EPSILON, type Maths } from '../program/maths';

/** Mean and variance that are part of a Normalization's configuration. */
export interface GivenStatistics {
  readonly mean: readonly number[];
  readonly variance: readonly number[];
}

/** The axes that have separate statistics per index; null: one mean and one variance for all numbers. */
export type StatisticsAxes = number | readonly number[] | null;

/** Axes counted from 0, in an array of some rank. */
export function countedAxes(axis: StatisticsAxes, rank: number): number[] {
  return axis === null ? [] : [axis].flat().map((one) => (one < 0 ? one + rank : one));
}

/** The sizes in which mean and variance broadcast with an input. */
export function statisticsSizes(
  inputSizes: readonly (number | null)[],
  axis: StatisticsAxes,
  given: GivenStatistics | undefined,
): number[] {
  const axes = countedAxes(axis, inputSizes.length);
  const counts = given?.mean.length;
  return inputSizes.map((size, i) => (axes.includes(i) && counts !== 1 ? Number(size) : 1));
}

/** `(x − mean) / √variance`, or its inverse. */
export function normalized<T>(maths: Maths<T>, x: T, mean: T, variance: T, invert: boolean): T {
  const deviation = maths.maximum(maths.sqrt(variance), KERAS_EPSILON);
  return invert ? maths.add(mean, maths.mul(x, deviation)) : maths.div(maths.sub(x, mean), deviation);
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  constant,
  cosine,
  exponential,
  type NamedSchedule,
  OptionError,
  oneCycle,
  polynomial,
  type ScheduleDescription,
  scheduleOf,
  step,
} from '../../src';
import keras from '../fixtures/schedules-keras.json';
import torch from '../fixtures/schedules-torch.json';

interface Case {
  readonly schedule: string;
  readonly learningRate: number;
  readonly options: object;
  readonly rates: readonly number[];
}

const cases = (fixture: { last: number; cases: readonly Case[] }, from: string) =>
  fixture.cases.map((one) => ({ ...one, last: fixture.last, from }));

test.each([
  ...cases(keras, `Keras ${keras.versions.keras}`),
  ...cases(torch, `PyTorch ${torch.versions.torch}`),
])('$schedule of $learningRate with $options is that of $from at each step', (given) => {
  const { schedule: name, learningRate, options, last, rates } = given;
  const schedule = scheduleOf({ schedule: name, learningRate, ...options });
  for (const [at, rate] of rates.entries()) {
    expect(Math.abs(schedule(at / last) - rate), `step ${at}`).toBeLessThanOrEqual(2e-7 * learningRate);
  }
});

const SCHEDULES: readonly ((learningRate: number, options?: object) => NamedSchedule)[] = [
  constant,
  cosine,
  exponential,
  oneCycle,
  polynomial,
  step,
];

test.each(SCHEDULES.map((schedule) => [schedule.name, schedule]))(
  '%s stays within 0 and its rate, and is the same after a way through JSON',
  (name, schedule) => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const warmup = fc.double({ min: 0, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(share, warmup, (progress, warmup) => {
        const made = schedule(0.1, name === 'oneCycle' ? {} : { warmup });
        const rate = made(progress);
        expect(rate).toBeGreaterThanOrEqual(0);
        expect(rate).toBeLessThanOrEqual(0.1 * (1 + 1e-12));
        const again = scheduleOf(JSON.parse(JSON.stringify(made)));
        expect(again(progress)).toBe(rate);
        expect(again.toJSON()).toEqual(made.toJSON());
      }),
    );
  },
);

test.each<[string, NamedSchedule, (step: number) => number]>([
  [
    'a staircase of ten stairs',
    exponential(1, { decayRate: 0.5, decayShare: 0.1, staircase: true }),
    (step) => 0.5 ** step,
  ],
  [
    'a milestone after a warm-up',
    step(1, { milestones: [0.25, 0.5, 0.75], gamma: 0.5, warmup: 0.2 }),
    (step) => (step < 2 ? step / 2 : 0.5 ** Math.floor((step - 2) / 2)),
  ],
])('%s falls at its own step, although quotients of steps are rounded', (_, schedule, expected) => {
  const last = 10;
  for (let step = 0; step < last; step++) {
    expect(schedule(step / last), `step ${step}`).toBeCloseTo(expected(step), 12);
  }
});

test.each(SCHEDULES.map((schedule) => [schedule.name, schedule]))(
  '%s refuses options that are given by their place',
  (name, schedule) => {
    for (const options of [0.05, [0.5], null]) {
      expect(() => schedule(0.1, options as never)).toThrow(OptionError);
      expect(() => schedule(0.1, options as never)).toThrow(
        `${name}: expected an object of options; received`,
      );
    }
  },
);

test('a warm-up rises from start to the rate, which the schedule begins with', () => {
  const schedule = polynomial(1, { warmup: 0.5, start: 0.2 });
  expect([0, 0.25, 0.5, 0.75, 1].map(schedule)).toEqual([0.2, expect.closeTo(0.6, 12), 1, 0.5, 0]);
});

test('progress outside of the phase counts as its first or last step', () => {
  expect([-1, 2].map(cosine(0.1, { end: 0.01 }))).toEqual([0.1, 0.01]);
});

test.each<[() => unknown, string]>([
  [() => cosine(0), 'cosine: expected a learning rate above 0; received 0.'],
  [() => oneCycle(Number.NaN), 'oneCycle: expected a learning rate above 0; received NaN.'],
  [() => cosine('0.1' as never), 'cosine: expected a learning rate above 0; received "0.1".'],
  [() => cosine(undefined as never), 'cosine: expected a learning rate above 0; received undefined.'],
  [
    () => cosine(1, { warmUp: 0.1 } as never),
    'cosine: expected options among end, warmup, start; received "warmUp".',
  ],
  [() => cosine(1, { warmup: 1 }), 'cosine: expected warmup from 0 to below 1; received 1.'],
  [() => cosine(1, { end: -1 }), 'cosine: expected end of 0 or more; received -1.'],
  [() => constant(1, { start: -0.1 }), 'constant: expected start of 0 or more; received -0.1.'],
  [
    () => oneCycle(1, { warmup: 0.1 } as never),
    'oneCycle: expected options among pctStart, annealStrategy, divFactor, finalDivFactor; received "warmup".',
  ],
  [() => oneCycle(1, { pctStart: 1 }), 'oneCycle: expected pctStart above 0 and below 1; received 1.'],
  [
    () => oneCycle(1, { annealStrategy: 'cosine' as never }),
    `oneCycle: expected annealStrategy to be 'cos' or 'linear'; received "cosine".`,
  ],
  [() => exponential(1, { decayRate: 0 }), 'exponential: expected decayRate above 0; received 0.'],
  [() => exponential(1, { staircase: 1 as never }), 'expected staircase to be true or false; received 1.'],
  [() => polynomial(1, { power: 0 }), 'polynomial: expected power above 0; received 0.'],
  [
    () => step(1, { milestones: [0.5, 0.2] }),
    'step: expected milestones to be a list of numbers from 0 to 1, in ascending order; received 0.5,0.2.',
  ],
  [
    () => scheduleOf({ schedule: 'cosin', learningRate: 1 }),
    'scheduleOf: expected a schedule among constant, cosine, exponential, oneCycle, polynomial, step; received "cosin".',
  ],
  [
    () => scheduleOf({ schedule: 'toString', learningRate: 1 } satisfies ScheduleDescription),
    'received "toString".',
  ],
])('refuses %s', (make, message) => {
  expect(make).toThrow(OptionError);
  expect(make).toThrow(message);
});

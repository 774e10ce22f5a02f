import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test } from 'vitest';
import {
  adam,
  adamW,
  assign,
  type Optimizer,
  OptionError,
  rmsprop,
  ruleOptimizer,
  sgd,
  type UpdateRule,
} from '../../src';
import { tensorCount } from '../tiny';

afterEach(() => tf.disposeVariables());

const variable = (name: string, ...values: number[]) => tf.variable(tf.tensor1d(values), true, name);

/** Lion (Chen et al., 2023) with both betas ½, in operations: its momentum is read before it is written. */
const LION: UpdateRule = {
  slots: ['m'],
  update: ({ program, ops, weight, current, gradient, slots, rate, after }) => {
    const mixed = ops.add(ops.mul(0.5, program.read(slots.m)), ops.mul(0.5, gradient));
    return [
      assign(program, slots.m, mixed, after),
      assign(program, weight, ops.sub(current, ops.mul(rate, ops.sign(mixed))), after, current),
    ];
  },
};

describe('a rule of a user’s own, written with assign', () => {
  test('keeps its slot from update to update, and moves the weight by the sign of the slot', () => {
    const w = variable('w', 1, 1, 1);
    const optimizer = ruleOptimizer('lion', LION, { learningRate: 0.25 });
    optimizer.apply([w], { w: tf.tensor1d([4, -4, 0]) }); // m = [2, −2, 0]
    expect([...w.dataSync()]).toEqual([0.75, 1.25, 1]);
    optimizer.apply([w], { w: tf.tensor1d([-1, 1, 1]) }); // m = [.5, −.5, .5]
    expect([...w.dataSync()]).toEqual([0.5, 1.5, 0.75]);
    optimizer.apply([w], { w: tf.tensor1d([-1, 1, -1]) }); // m = [−.25, .25, −.25]
    expect([...w.dataSync()]).toEqual([0.75, 1.25, 1]);
    optimizer.dispose();
  });

  test('can be clipped, and is written to recipes by its name', () => {
    const optimizer = ruleOptimizer('lion', LION, { learningRate: 0.25, globalClipnorm: 1 });
    expect(JSON.parse(JSON.stringify(optimizer))).toEqual({ optimizer: 'lion', globalClipnorm: 1 });
  });
});

describe('factors of the learning rate', () => {
  const kinds: [string, (learningRate: number) => Optimizer][] = [
    ['adam', (learningRate) => adam({ learningRate })],
    ['adamW', (learningRate) => adamW({ learningRate, weightDecay: 0.5 })],
    ['sgd with momentum', (learningRate) => sgd({ learningRate, momentum: 0.9 })],
    ['rmsprop', (learningRate) => rmsprop({ learningRate })],
  ];

  test.each(kinds)('%s moves a weight as at the rate times its factor, and the others as ever', (_, make) => {
    const [a, b] = ['a', 'b'].map((name) => variable(name, 1, -2));
    const [slow, ever] = ['slow', 'ever'].map((name) => variable(name, 1, -2));
    const grouped = make(0.1);
    grouped.learningRateFactors = new Map([['a', 0.25]]);
    const [quarter, full] = [make(0.025), make(0.1)];
    for (let step = 1; step <= 3; step++) {
      const gradient = tf.tensor1d([step, -0.5]);
      grouped.apply([a, b], { a: gradient, b: gradient });
      quarter.apply([slow], { slow: gradient });
      full.apply([ever], { ever: gradient });
    }
    expect(a.dataSync()).toEqual(slow.dataSync());
    expect(b.dataSync()).toEqual(ever.dataSync());
    expect(a.dataSync()).not.toEqual(b.dataSync());
  });
});

describe('clipping by the global norm', () => {
  test('takes the gradients for one vector: (3, 4) and 12 have the norm 13', () => {
    const [a, b] = [variable('a', 0, 0), variable('b', 0)];
    sgd({ learningRate: 1, globalClipnorm: 1.3 }).apply([a, b], {
      a: tf.tensor1d([3, 4]),
      b: tf.tensor1d([12]),
    });
    expect([...a.dataSync(), ...b.dataSync()].map((value) => value.toFixed(5))).toEqual([
      '-0.30000',
      '-0.40000',
      '-1.20000',
    ]);
  });

  test('has nothing to do without gradients', () => {
    const a = variable('a', 1);
    sgd({ globalClipnorm: 1 }).apply([a], {});
    expect([...a.dataSync()]).toEqual([1]);
  });

  test('leaves gradients of 0 and spreads NaN, so that a diverged loss is seen', () => {
    const a = variable('a', 1, 2);
    const optimizer = sgd({ learningRate: 1, globalClipnorm: 1 });
    optimizer.apply([a], { a: tf.tensor1d([0, 0]) });
    expect([...a.dataSync()]).toEqual([1, 2]);
    optimizer.apply([a], { a: tf.tensor1d([0, Number.NaN]) });
    expect([...a.dataSync()]).toEqual([Number.NaN, Number.NaN]);
  });
});

describe('accumulation', () => {
  test('moves once every so many steps, by the mean gradient', () => {
    const a = variable('a', 1);
    const optimizer = sgd({ learningRate: 1, gradientAccumulationSteps: 3 });
    const seen = [3, 6, 0, 9].map((gradient) => {
      optimizer.apply([a], { a: tf.tensor1d([gradient]) });
      return a.dataSync()[0];
    });
    expect(seen).toEqual([1, 1, -2, -2]);
  });

  test('keeps its count of updates, no gradient after an update, and nothing after dispose', () => {
    const a = variable('a', 1);
    const gradient = tf.tensor1d([1]);
    const optimizer = sgd({ gradientAccumulationSteps: 2 });
    const before = tensorCount();
    const counts = [0, 1, 2].map(() => {
      tf.tidy(() => optimizer.apply([a], { a: gradient }));
      return tensorCount() - before;
    });
    expect(counts).toEqual([1, 1, 2]);
    optimizer.dispose();
    expect(tensorCount()).toBe(before);
    expect(gradient.isDisposed).toBe(false);
  });
});

test.each([
  ['adam', adam({ globalClipnorm: 1, weightDecay: 0.1 })],
  ['sgd with momentum', sgd({ momentum: 0.9, nesterov: true })],
  ['rmsprop, centered', rmsprop({ momentum: 0.9, centered: true })],
])('%s keeps its slots and a count, and frees them', (_, optimizer) => {
  const a = variable('a', 1, 2);
  const gradient = tf.tensor1d([1, 1]);
  const before = tensorCount();
  for (let step = 0; step < 3; step++) optimizer.apply([a], { a: gradient });
  expect(tensorCount()).toBe(before + optimizer.rule!.slots.length + 1);
  optimizer.dispose();
  expect(tensorCount()).toBe(before);
});

test.each([
  [() => adam({ beta1: 1 }), 'adam: expected beta1 from 0 to below 1; received 1.'],
  [() => adam({ epsilon: 0 }), 'adam: expected epsilon above 0; received 0.'],
  [() => adamW({ weightDecay: -1 }), 'adam: expected weightDecay of 0 or more; received -1.'],
  [() => sgd({ momentum: -0.1 }), 'sgd: expected momentum from 0 to below 1; received -0.1.'],
  [() => sgd({ learningRate: Number.NaN }), 'sgd: expected learningRate of 0 or more; received NaN.'],
  [() => rmsprop({ globalClipnorm: 0 }), 'rmsprop: expected globalClipnorm above 0; received 0.'],
  [
    () => sgd({ gradientAccumulationSteps: 1.5 }),
    'sgd: expected gradientAccumulationSteps of 1 or more, a whole number; received 1.5.',
  ],
  [
    () => adamW({ weight_decay: 0.1 } as never),
    'adam: expected options among learningRate, weightDecay, globalClipnorm, gradientAccumulationSteps, ' +
      'beta1, beta2, epsilon; received "weight_decay".',
  ],
  [() => sgd({ nesterov: 'yes' as never }), 'sgd: expected nesterov to be true or false; received "yes".'],
])('refuses options that are misspelt or outside their range: %#', (make, message) => {
  expect(make).toThrow(message);
});

test.each<[string, UpdateRule['update'], string]>([
  ['no update', () => [], 'received no update. End the list with assign(program, weight, …).'],
  [
    "a slot's update last",
    ({ program, weight, current, gradient, slots }) => [
      assign(program, weight, current),
      assign(program, slots.s, gradient),
    ],
    'received one of "w/s".',
  ],
])('a rule that returns %s is refused by name', (_, update, sentence) => {
  const rule = { slots: ['s'], update };
  const run = () =>
    ruleOptimizer('own', rule, { learningRate: 1 }).apply([variable('w', 1)], { w: tf.tensor1d([1]) });
  expect(run).toThrow(OptionError);
  tf.disposeVariables();
  expect(run).toThrow(sentence);
});

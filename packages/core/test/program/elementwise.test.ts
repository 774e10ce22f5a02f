import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '@thawjs/backends';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { OperationSizesError, OptionError } from '../../src';
import { gradients } from '../../src/program/autodiff';
import { Program, type Value } from '../../src/program/ir';
import { constant, input } from '../../src/program/operations/sources';
import { type Ops, opsOf } from '../../src/program/ops';
import { ways } from './ways';

const NUMBERS = [-3, -1.5, -0.5, 0, 0.25, 1, 2, 5];
const POSITIVE = [1e-6, 0.01, 0.5, 1, 2, 5];

/** The error function by its Taylor series, of which 60 terms are enough for numbers up to 5. */
function erf(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 120; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

const unary: readonly [keyof Ops, (x: number) => number, readonly number[]][] = [
  ['neg', (x) => -x, NUMBERS],
  ['abs', Math.abs, NUMBERS],
  ['sign', Math.sign, NUMBERS],
  ['square', (x) => x * x, NUMBERS],
  ['exp', Math.exp, NUMBERS],
  ['expm1', Math.expm1, [...NUMBERS, 1e-6]],
  ['log', Math.log, POSITIVE],
  ['log1p', Math.log1p, POSITIVE],
  ['sqrt', Math.sqrt, POSITIVE],
  ['rsqrt', (x) => 1 / Math.sqrt(x), POSITIVE],
  ['relu', (x) => Math.max(x, 0), NUMBERS],
  ['sigmoid', (x) => 1 / (1 + Math.exp(-x)), NUMBERS],
  ['logSigmoid', (x) => -Math.log1p(Math.exp(-x)), [...NUMBERS, -50, 50]],
  ['tanh', Math.tanh, NUMBERS],
  ['softplus', (x) => Math.log1p(Math.exp(x)), [...NUMBERS, 50]],
  ['erf', erf, [-2, -0.3, 0, 0.1, 1, 2]],
  ['stopGradient', (x) => x, NUMBERS],
];

const binary: readonly [keyof Ops, (a: number, b: number) => number][] = [
  ['add', (a, b) => a + b],
  ['sub', (a, b) => a - b],
  ['mul', (a, b) => a * b],
  ['div', (a, b) => a / b],
  ['maximum', Math.max],
  ['minimum', Math.min],
  ['greater', (a, b) => Number(a > b)],
  ['greaterEqual', (a, b) => Number(a >= b)],
  ['less', (a, b) => Number(a < b)],
  ['lessEqual', (a, b) => Number(a <= b)],
  ['equal', (a, b) => Number(a === b)],
  ['notEqual', (a, b) => Number(a !== b)],
];

const PAIRS = [
  [1, 2],
  [2, 1],
  [-3, 0.5],
  [1.5, 1.5],
  [0, -4],
] as const;

function expectNear(found: ArrayLike<number>, expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  for (const [i, number] of expected.entries()) {
    expect(Math.abs(found[i] - number)).toBeLessThan(2e-6 * (1 + Math.abs(number)));
  }
}

describe.each(ways)('on $name', ({ backend, make }) => {
  beforeAll(async () => {
    await useBestBackend({ prefer: [backend], log: () => {} });
  });
  afterEach(() => tf.disposeVariables());

  /** What a function of inputs gives, and its gradients by them. */
  async function computed(
    points: readonly (readonly number[])[],
    f: (ops: Ops, ...values: Value[]) => Value,
  ) {
    const program = new Program();
    const inputs = points.map((_, i) => input(program, [], { name: `x${i}`, sizes: [null] }));
    const ops = opsOf(program);
    const y = f(ops, ...inputs);
    const total = ops.sum(y);
    const found = gradients(program, total, constant(program, [], { values: [1], sizes: [] }), inputs);
    const asked = inputs.flatMap((value) => found.get(value) ?? []);
    const made = make(program, [y, ...asked]);
    const tensors = points.map((numbers) => tf.tensor1d([...numbers]));
    const [value, ...slopes] = await made.run(new Map(inputs.map((value, i) => [value, tensors[i]])));
    tf.dispose(tensors);
    made.dispose();
    return { value, slopes };
  }

  test.each(unary)('ops.%s', async (name, f, numbers) => {
    const { value } = await computed([numbers], (ops, x) => (ops[name] as Ops['abs'])(x));
    expectNear(value, numbers.map(f));
  });

  test.each(binary)('ops.%s', async (name, f) => {
    const [a, b] = [PAIRS.map(([a]) => a), PAIRS.map(([, b]) => b)];
    const { value } = await computed([a, b], (ops, x, y) => (ops[name] as Ops['sub'])(x, y));
    expectNear(
      value,
      PAIRS.map(([a, b]) => f(a, b)),
    );
  });

  test('a power of 0 is 1 with slope 0, and one of a base that isn’t positive has no slope by the exponent', async () => {
    const { value, slopes } = await computed(
      [
        [0, 0, 2, -2],
        [0, 2, 0, 3],
      ],
      (ops, a, b) => ops.pow(a, b),
    );
    expectNear(value, [1, 0, 1, -8]);
    expectNear(slopes[0], [0, 0, 0, 12]);
    expectNear(slopes[1], [0, 0, Math.log(2), 0]);
  });

  test('of equal numbers the first has the gradient, and bounds have theirs', async () => {
    const points = [
      [1, 1, 2],
      [1, 2, 1],
    ];
    expect((await computed(points, (ops, a, b) => ops.maximum(a, b))).slopes.map((of) => [...of])).toEqual([
      [1, 0, 1],
      [0, 1, 0],
    ]);
    expect((await computed(points, (ops, a, b) => ops.minimum(a, b))).slopes.map((of) => [...of])).toEqual([
      [1, 1, 0],
      [0, 0, 1],
    ]);
    const clipped = await computed([[-1, 0, 0.5, 1, 2]], (ops, x) => ops.clip(x, 0, 1));
    expectNear(clipped.value, [0, 0, 0.5, 1, 1]);
    expectNear(clipped.slopes[0], [0, 1, 1, 1, 0]);
  });

  test('equal largest numbers share the gradient', async () => {
    const { value, slopes } = await computed([[3, 1, 3, 2]], (ops, x) => ops.max(x));
    expectNear(value, [3]);
    expectNear(slopes[0], [0.5, 0, 0.5, 0]);
  });

  test('where takes numbers only from the side that is asked for, and infinite ones of the other do no harm', async () => {
    const { value, slopes } = await computed([[0, 4]], (ops, x) =>
      ops.where(ops.greater(x, 0), ops.log(x), -1),
    );
    expectNear(value, [-1, Math.log(4)]);
    expectNear([slopes[0][1]], [0.25]);
  });

  test('no gradient goes through stopGradient', async () => {
    const { slopes } = await computed([[1, 2, 5]], (ops, x) => ops.mul(ops.stopGradient(x), x));
    expectNear(slopes[0], [1, 2, 5]);
  });

  test('means over a batch go by its length', async () => {
    const { value, slopes } = await computed([[1, 2, 6]], (ops, x) => ops.mean(x));
    expectNear(value, [3]);
    expectNear(slopes[0], [1 / 3, 1 / 3, 1 / 3]);
  });

  test('softmax and its logarithm stand large numbers', async () => {
    const { value } = await computed([[1000, 999]], (ops, x) => ops.logSoftmax(ops.reshape(x, [1, 2])));
    expectNear(value, [-Math.log1p(Math.exp(-1)), -1 - Math.log1p(Math.exp(-1))]);
  });
});

describe('ops', () => {
  const ops = opsOf(new Program());

  test.each<[string, () => unknown, new (message: string) => Error, RegExp]>([
    [
      'sizes that don’t fit',
      () => ops.add([1, 2], [1, 2, 3]),
      OperationSizesError,
      /Add: expected sizes that are equal, or 1, .*; received \[2\] and \[3\]/,
    ],
    [
      'a batch that isn’t first',
      () => {
        const program = new Program();
        const batch = input(program, [], { name: 'x', sizes: [null] });
        return opsOf(program).mul(batch, opsOf(program).reshape([1, 2], [2, 1]));
      },
      OperationSizesError,
      /received \[batch\] and \[2, 1\]/,
    ],
    ['nothing', () => ops.exp(undefined as never), OptionError, /received undefined/],
    [
      'a tensor',
      () => ops.exp(tf.scalar(1) as never),
      OptionError,
      /received a Tensor.*TensorFlow\.js is not one/,
    ],
    ['an axis too far', () => ops.sum([1, 2], 1), OptionError, /an axis from -1 to 0; received 1/],
    ['another place for an axis', () => ops.expandDims([1, 2], 3), OptionError, /from -2 to 1; received 3/],
    [
      'other sizes of other numbers',
      () => ops.reshape([1, 2, 3], [2, 2]),
      OperationSizesError,
      /as many numbers as \[3\] has; received \[2, 2\]/,
    ],
    ['bounds the wrong way round', () => ops.clip(1, 2, 1), OptionError, /min of at most max/],
  ])('refuses %s', (_, call, kind, message) => {
    expect(call).toThrow(kind);
    expect(call).toThrow(message);
  });
});

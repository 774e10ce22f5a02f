import type { Value } from '../../src/program/ir';
import { type Ops, opsOf } from '../../src/program/ops';
import type { OperationCase } from './operation-cases';

type Build = (ops: Ops, ...values: Value[]) => Value;

const MAP = [2, 5, 6, 3];

const of = (name: string, sizes: OperationCase['sizes'], build: Build, more: object = {}): OperationCase => ({
  name,
  sizes,
  build: (program, values) => build(opsOf(program), ...values),
  ...more,
});

const POSITIVE = { range: [0.5, 2] } as const;

/** Operations of one array, on numbers from −1 to 1, or on positive ones. */
const unary: readonly OperationCase[] = [
  ...(
    ['neg', 'abs', 'square', 'exp', 'expm1', 'relu', 'sigmoid', 'logSigmoid', 'tanh', 'softplus'] as const
  ).map((name) => of(`ops.${name}`, [MAP], (ops, x) => ops[name](x))),
  ...(['softmax', 'logSoftmax', 'erf'] as const).map((name) =>
    of(`ops.${name}`, [MAP], (ops, x) => ops[name](x)),
  ),
  ...(['log', 'log1p', 'sqrt', 'rsqrt'] as const).map((name) =>
    of(`ops.${name}`, [MAP], (ops, x) => ops[name](x), POSITIVE),
  ),
  of('ops.clip', [MAP], (ops, x) => ops.clip(x, -0.4, 0.5)),
  of('ops.pow with a number', [MAP], (ops, x) => ops.pow(x, 3)),
  of('ops.pow with a broken number', [MAP], (ops, x) => ops.pow(x, 2.5), POSITIVE),
  of('a number to the power of an array', [MAP], (ops, x) => ops.pow(2, x)),
];

/** Operations of two arrays, of equal sizes and of sizes that are repeated. */
const binary = (['add', 'sub', 'mul', 'div', 'maximum', 'minimum', 'pow'] as const).flatMap((name) =>
  [
    { sizes: [MAP, MAP], which: 'equal sizes' },
    { sizes: [MAP, [3]], which: 'a number a channel' },
    { sizes: [MAP, [2, 1, 1, 3]], which: 'a number an image and channel' },
    {
      sizes: [
        [2, 1, 6, 1],
        [5, 1, 3],
      ],
      which: 'both repeated',
    },
  ].map(({ sizes, which }) => {
    const range = name === 'div' || name === 'pow' ? { ...POSITIVE, bends: false } : {};
    return of(`ops.${name}, ${which}`, sizes, (ops, a, b) => ops[name](a, b), range);
  }),
);

const reducing = (['sum', 'mean', 'max', 'min'] as const).flatMap((name) => [
  of(`ops.${name} over the last axis`, [MAP], (ops, x) => ops[name](x, -1)),
  of(`ops.${name} over height and width, kept`, [MAP], (ops, x) => ops[name](x, [1, 2], true)),
  of(`ops.${name} over the images`, [MAP], (ops, x) => ops[name](x, 0)),
  of(`ops.${name} over the images and channels, kept`, [MAP], (ops, x) => ops[name](x, [0, 3], true)),
  of(`ops.${name} over all`, [[4, 3]], (ops, x) => ops[name](x), { bends: false }),
]);

export const elementwiseCases: readonly OperationCase[] = [
  ...unary,
  ...binary,
  ...reducing,
  of('ops.where', [MAP, MAP, [3]], (ops, x, a, b) => ops.where(ops.greater(x, 0.1), ops.mul(a, x), b)),
  of('ops.add of three, repeated', [MAP, [5, 6, 3], [3]], (ops, a, b, c) => ops.add(a, b, c)),
  of(
    'ops.expandDims and ops.reshape',
    [
      [4, 3],
      [4, 2],
    ],
    (ops, a, b) => ops.reshape(ops.mul(ops.expandDims(a, -1), ops.expandDims(b, 1)), [null, 6]),
  ),
  of(
    'the focal loss',
    [
      [4, 3],
      [4, 3],
    ],
    (ops, y, x) => {
      const p = ops.sigmoid(x);
      const ofTrue = ops.add(ops.mul(y, p), ops.mul(ops.sub(1, y), ops.sub(1, p)));
      return ops.mean(
        ops.mul(ops.mul([1, 2, 0.5], ops.pow(ops.sub(1, ofTrue), 2)), ops.neg(ops.log(ofTrue))),
        -1,
      );
    },
    { fixed: [0], range: [0, 1], bends: false },
  ),
];

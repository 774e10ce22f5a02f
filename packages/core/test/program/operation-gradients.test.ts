import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '@thawjs/backends';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { gradients } from '../../src/program/autodiff';
import { Program, type Value, withBatch } from '../../src/program/ir';
import { cast } from '../../src/program/operations/cast';
import { constant, input, inputKind } from '../../src/program/operations/sources';
import { lackingForBfloat16 } from '../../src/run/precision';
import { random } from '../../src/training/random';
import { type OperationCase, operationCases } from './operation-cases';
import { asOneGraph, type MakeRun, type ValueRun, ways } from './ways';
import { weightedSum } from './weighted-sum';

describe.each(ways)('on $name', ({ backend, make }) => {
  beforeAll(async () => {
    await useBestBackend({ prefer: [backend], log: () => {} });
  });
  afterEach(() => tf.disposeVariables());

  test.each(operationCases)('the gradient is the slope: $name', async (of) => {
    const { value, slopes, tangents, counted, tensors } = await measured(of, make);
    for (const [i, slope] of slopes.entries()) {
      // Float32's rounding is all that is between them.
      expect(Math.abs(slope - tangents[i])).toBeLessThan(1e-3 * (1 + Math.abs(value) + Math.abs(slope)));
    }
    expect(counted).toBeGreaterThan(0.8);
    expect(tensors).toBe(0);
  });
});

describe('on the native backend, in bfloat16', () => {
  beforeAll(async () => {
    await useBestBackend({ prefer: ['native'], log: () => {} });
  });

  test.for(operationCases.filter(isForBfloat16))(
    'the gradient is the slope in float32: $name',
    async (of, { skip }) => {
      if (lackingForBfloat16()) return skip();
      const { value, slopes, tangents, tensors } = await measured(of, asOneGraph, true);
      for (const [i, slope] of slopes.entries()) {
        // Each number of the result and of the gradients is rounded to 8 bits once or twice.
        expect(Math.abs(slope - tangents[i])).toBeLessThan(2 ** -6 * (1 + Math.abs(value) + Math.abs(slope)));
      }
      expect(tensors).toBe(0);
    },
  );
});

/** Whether all of its operations can be computed in bfloat16. */
function isForBfloat16({ sizes, build }: OperationCase): boolean {
  const { program } = begun(sizes, build);
  return program.operations.every(({ kind }) => kind === inputKind || kind.bfloat16);
}

const STEP = 2 ** -8;

/**
 * Slopes by central differences along random directions, and the gradients' products with the same directions.
 *
 * If lowered, the gradients are those of the operation in bfloat16; the slopes are float32's.
 *
 * Where a number of the result bends between the points of a difference (ReLU's and pooling's kinks), it isn't counted.
 */
async function measured(
  { sizes, fixed = [], range = [-1, 1], bends = true, build }: OperationCase,
  make: MakeRun,
  lowered = false,
) {
  const before = tf.memory().numTensors;
  const next = random(sizes.flat().reduce((sum, size) => sum * 7 + size, 1));
  const between = (low: number, high: number) => low + (high - low) * next();
  const numbers = (of: readonly number[], low: number, high: number) =>
    Float32Array.from({ length: tf.util.sizeFromShape([...of]) }, () => between(low, high));
  const learning = sizes.map((_, i) => i).filter((i) => !fixed.includes(i));
  const points = sizes.map((of) => numbers(of, ...range));
  const directions = sizes.map((of) => numbers(of, -1, 1));
  const moved = (i: number, step: number) =>
    points.map((x, j) => (i === j ? x.map((number, n) => number + step * directions[i][n]) : x));

  const plain = begun(sizes, build);
  const count = withBatch(plain.y.sizes, sizes[0][0]);
  const values = evaluator(plain.inputs, sizes, make(plain.program, [plain.y]));
  const [here] = await values.at(points);
  const bent: Float32Array[] = [];
  for (const i of learning) {
    const [[after], [earlier]] = [await values.at(moved(i, STEP)), await values.at(moved(i, -STEP))];
    bent.push(here.map((y, n) => Math.abs(after[n] + earlier[n] - 2 * y)));
  }
  values.dispose();
  const smooth = (n: number) => !bends || bent.every((bend) => bend[n] < STEP / 64);
  const factors = Array.from(here, (_, n) => (smooth(n) ? between(-1, 1) : 0));

  const differentiated = (build: OperationCase['build']) => {
    const { program, inputs, y } = begun(sizes, build);
    const f = weightedSum(program, [y], { factors, sizes: count });
    const one = constant(program, [], { values: [1], sizes: [] });
    const by = learning.map((i) => inputs[i]);
    const found = gradients(program, f, one, by);
    return evaluator(inputs, sizes, make(program, [f, ...by.map((input) => found.get(input)!)]));
  };
  const sum = differentiated(build);
  const inBfloat16 = lowered ? differentiated(castTo(build)) : sum;
  const [[value]] = await sum.at(points);
  const [, ...analytic] = await inBfloat16.at(points);
  const slopes: number[] = [];
  for (const i of learning) {
    const [[after], [earlier]] = [await sum.at(moved(i, STEP)), await sum.at(moved(i, -STEP))];
    slopes.push((after[0] - earlier[0]) / (2 * STEP));
  }
  const tangents = learning.map((i, k) =>
    analytic[k].reduce((total, g, n) => total + g * directions[i][n], 0),
  );
  sum.dispose();
  if (lowered) inBfloat16.dispose();
  return {
    value,
    slopes,
    tangents,
    counted: factors.filter(Boolean).length / factors.length,
    tensors: tf.memory().numTensors - before,
  };
}

/** The operation from float32 numbers to float32 numbers, computed in bfloat16. */
function castTo(build: OperationCase['build']): OperationCase['build'] {
  return (program, values) => {
    const trial = new Program();
    build(trial, values);
    const taken = Math.min(...trial.operations.map(({ kind }) => kind.bfloat16?.inputs ?? values.length));
    const y = build(
      program,
      values.map((value, i) => (i < taken ? cast(program, [value], { type: 'bfloat16' }) : value)),
    );
    expect(y.type).toBe('bfloat16');
    return cast(program, [y], { type: 'float32' });
  };
}

/** A program with the operation in it; whatever is as long as the first array has the batch's length. */
function begun(sizes: OperationCase['sizes'], build: OperationCase['build']) {
  const program = new Program();
  const inputs = sizes.map((of, i) => {
    const batched =
      i === 0 || (of[0] === sizes[0][0] && of.length !== 1) || String(of) === String([sizes[0][0]]);
    return input(program, [], { name: `x${i}`, sizes: batched ? [null, ...of.slice(1)] : of });
  });
  return { program, inputs, y: build(program, inputs) };
}

function evaluator(inputs: readonly Value[], sizes: OperationCase['sizes'], made: ValueRun) {
  return {
    async at(points: readonly Float32Array[]) {
      const tensors = points.map((numbers, i) => tf.tensor(numbers, [...sizes[i]]));
      const result = await made.run(new Map(inputs.map((value, i) => [value, tensors[i]])));
      tf.dispose(tensors);
      return result;
    },
    dispose: () => made.dispose(),
  };
}

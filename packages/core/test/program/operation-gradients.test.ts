import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '@thawjs/backends';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { gradients } from '../../src/program/autodiff';
import { Program, type Value, withBatch } from '../../src/program/ir';
import { constant, input } from '../../src/program/operations/sources';
import { random } from '../../src/training/random';
import { type OperationCase, operationCases } from './operation-cases';
import { type MakeRun, ways } from './ways';
import { weightedSum } from './weighted-sum';

describe.each(ways)('on $name', ({ backend, make }) => {
  beforeAll(async () => {
    await useBestBackend({ prefer: [backend], log: () => {} });
  });
  afterEach(() => tf.disposeVariables());

  test.each(operationCases)('the gradient is the slope: $name', (of) => {
    const { value, slopes, tangents, counted, tensors } = measured(of, make);
    for (const [i, slope] of slopes.entries()) {
      // Float32's rounding is all that is between them.
      expect(Math.abs(slope - tangents[i])).toBeLessThan(1e-3 * (1 + Math.abs(value) + Math.abs(slope)));
    }
    expect(counted).toBeGreaterThan(0.8);
    expect(tensors).toBe(0);
  });
});

const STEP = 2 ** -8;

/**
 * Slopes by central differences along random directions, and the gradients' products with the same directions.
 *
 * Where a number of the result bends between the points of a difference (ReLU's and pooling's kinks), it isn't counted.
 */
function measured({ sizes, fixed = [], range = [-1, 1], bends = true, build }: OperationCase, make: MakeRun) {
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
  const [here] = values.at(points);
  const bent = learning.map((i) => {
    const [[after], [earlier]] = [values.at(moved(i, STEP)), values.at(moved(i, -STEP))];
    return here.map((y, n) => Math.abs(after[n] + earlier[n] - 2 * y));
  });
  values.dispose();
  const smooth = (n: number) => !bends || bent.every((bend) => bend[n] < STEP / 64);
  const factors = Array.from(here, (_, n) => (smooth(n) ? between(-1, 1) : 0));

  const { program, inputs, y } = begun(sizes, build);
  const f = weightedSum(program, [y], { factors, sizes: count });
  const one = constant(program, [], { values: [1], sizes: [] });
  const found = gradients(
    program,
    f,
    one,
    learning.map((i) => inputs[i]),
  );
  const fetches = [f, ...learning.map((i) => found.get(inputs[i])!)];
  const sum = evaluator(inputs, sizes, make(program, fetches));
  const [[value], ...analytic] = sum.at(points);
  const slopes = learning.map(
    (i) => (sum.at(moved(i, STEP))[0][0] - sum.at(moved(i, -STEP))[0][0]) / (2 * STEP),
  );
  const tangents = learning.map((i, k) =>
    analytic[k].reduce((total, g, n) => total + g * directions[i][n], 0),
  );
  sum.dispose();
  return {
    value,
    slopes,
    tangents,
    counted: factors.filter(Boolean).length / factors.length,
    tensors: tf.memory().numTensors - before,
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

function evaluator(inputs: readonly Value[], sizes: OperationCase['sizes'], made: ReturnType<MakeRun>) {
  return {
    at(points: readonly Float32Array[]) {
      const tensors = points.map((numbers, i) => tf.tensor(numbers, [...sizes[i]]));
      const result = made.run(new Map(inputs.map((value, i) => [value, tensors[i]])));
      tf.dispose(tensors);
      return result;
    },
    dispose: () => made.dispose(),
  };
}

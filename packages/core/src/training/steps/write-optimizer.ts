import * as tf from '@tensorflow/tfjs-core';
import { NotAProgramError } from '../../model/not-a-program-error';
import type { Value } from '../../program/ir';
import { DataType, FLOAT } from '../../program/node-writer';
import type { GraphVariables } from '../../run/tensorflow/graph-variables';
import type { GraphWriter } from '../../run/tensorflow/graph-writer';
import type { Optimizer } from '../optimizers/optimizer';
import type { UpdateRule } from '../optimizers/update-rule';

/** An optimizer's part of a graph. */
export interface WrittenOptimizer {
  /** What is to be done in a step: with an update, and, where gradients are summed over steps, without one. */
  readonly kinds: readonly (readonly string[])[];
  /** What brings it to its beginning. */
  readonly resets: readonly string[];
  /** Which kind the next step is of, and the numbers that it is given; the caller disposes them. */
  scalars(optimizer: Optimizer): { readonly kind: number; readonly given: ReadonlyMap<string, tf.Tensor> };
}

/** As `ruleOptimizer` does it op by op, by TensorFlow's own kernels. */
export function writeOptimizer(
  variables: GraphVariables,
  optimizer: Optimizer,
  gradients: ReadonlyMap<tf.Variable, Value>,
  nameOf: (value: Value) => string,
): WrittenOptimizer {
  const { rule, weightDecay, globalClipnorm, gradientAccumulationSteps: every = 1 } = optimizer;
  if (!rule) throw new NotAProgramError('the optimizer has no rule');
  const { writer } = variables;
  const scalar = (value: number) => writer.floats([value], []);
  const factorOf = (variable: tf.Variable) => optimizer.learningRateFactors?.get(variable.name) ?? 1;
  const placeholders = new Map<number, string[]>();
  const scalarsOf = (variable: tf.Variable) => {
    const factor = factorOf(variable);
    let names = placeholders.get(factor);
    if (!names) {
      names = rule.scalars.map(() => writer.input([]));
      placeholders.set(factor, names);
    }
    return names;
  };
  const resets: string[] = [];
  const zeros = (handle: string, sizes: readonly number[]) => {
    const filled = writer.node('Fill', [writer.ints(sizes), scalar(0)], {
      ...FLOAT,
      index_type: { type: DataType.int32 },
    });
    // TensorFlow makes equal zeros once, and variables that shared them would have to move in the midst of a step.
    return writer.assign(handle, writer.copy(filled));
  };
  const slot = (sizes: readonly number[]) => {
    const handle = writer.variable(sizes);
    resets.push(zeros(handle, sizes));
    return handle;
  };

  const summing: string[] = [];
  const clearing: string[] = [];
  const means = [...gradients].map(([variable, gradient]) => {
    const own = nameOf(gradient);
    if (every === 1) return own;
    const sum = slot(variable.shape);
    summing.push(writer.assign(sum, own, 'AssignAddVariableOp'));
    const total = writer.node('AddV2', [writer.read(sum), own], FLOAT);
    const mean = writer.node('Mul', [total, scalar(1 / every)], FLOAT);
    const filled = writer.node('ZerosLike', [total], FLOAT);
    clearing.push(writer.assign(sum, filled, 'AssignVariableOp'));
    return mean;
  });
  const scaled = globalClipnorm ? clipped(writer, means, globalClipnorm) : means;
  const updates = [...gradients.keys()].map((variable, i) => {
    const handle = variables.handle(variable);
    const scalars = scalarsOf(variable);
    const decay = weightDecay && decayed(variable, scalars, weightDecay, scaled[i]);
    const slots = new Map(rule.slots.map((name) => [name, slot(variable.shape)]));
    return writer.node(
      rule.kernel.op,
      [
        handle,
        ...rule.kernel.inputs.map((input) => {
          if ('slot' in input) return slots.get(input.slot)!;
          if ('scalar' in input) return scalars[rule.scalars.indexOf(input.scalar)];
          return 'constant' in input ? scalar(input.constant) : scaled[i];
        }),
        ...(decay ? [`^${decay}`] : []),
      ],
      {
        ...FLOAT,
        ...Object.fromEntries(Object.entries(rule.kernel.attributes ?? {}).map(([key, b]) => [key, { b }])),
      },
    );
  });
  const counter = stepCounter(rule, every, placeholders);
  return {
    kinds: every === 1 ? [updates] : [[...updates, ...clearing], summing],
    resets,
    scalars: counter,
  };

  /** Shrinks the weight by its share times the rate, before the update. */
  function decayed(
    variable: tf.Variable,
    scalars: readonly string[],
    share: number,
    gradient: string,
  ): string {
    const rate = scalars[rule!.scalars.indexOf('learningRate')];
    const factor = writer.node('Mul', [rate, scalar(share)], FLOAT);
    const part = writer.node('Mul', [variables.read(variable), factor], FLOAT);
    // Not before the gradients are there, which need the weight as it was.
    const [wait] = gradient.split(':');
    return writer.assign(variables.handle(variable), part, 'AssignSubVariableOp', [wait]);
  }
}

/** Counts steps: what `scalarsAt` gives for each factor of the rate. */
function stepCounter(rule: UpdateRule, every: number, placeholders: ReadonlyMap<number, readonly string[]>) {
  let calls = 0;
  return ({ learningRate }: Optimizer) => {
    calls += 1;
    const given = new Map<string, tf.Tensor>();
    const kind = calls % every === 0 ? 0 : 1;
    for (const [factor, names] of placeholders) {
      const values = rule.scalarsAt(Math.ceil(calls / every), learningRate * factor);
      for (const [i, name] of names.entries()) given.set(name, tf.scalar(values[i]));
    }
    return { kind, given };
  };
}

/** All gradients times `clipnorm · min(1 / norm, 1 / clipnorm)`, NaN where one isn't finite, as `globalNormScale`. */
function clipped(writer: GraphWriter, gradients: readonly string[], clipnorm: number): string[] {
  const scalar = (value: number) => writer.floats([value], []);
  // L2Loss is half the sum of squares.
  const halves = gradients.map((gradient) => writer.node('L2Loss', [gradient], FLOAT));
  const sum = writer.node('AddN', halves, { ...FLOAT, N: { i: halves.length } });
  const norm = writer.node('Sqrt', [writer.node('Mul', [sum, scalar(2)], FLOAT)], FLOAT);
  const inverse = writer.node('RealDiv', [scalar(1), norm], FLOAT);
  const least = writer.node('Minimum', [inverse, scalar(1 / clipnorm)], FLOAT);
  const finite = writer.node('Mul', [least, scalar(clipnorm)], FLOAT);
  const nan = writer.node('Sub', [norm, norm], FLOAT);
  const scale = writer.node('AddV2', [finite, nan], FLOAT);
  return gradients.map((gradient) => writer.node('Mul', [gradient, scale], FLOAT));
}

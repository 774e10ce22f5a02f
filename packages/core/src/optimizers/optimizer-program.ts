import { OptionError } from '../errors';
import type { Operation, Program, State, Value } from '../program/ir';
import { input } from '../program/operations/sources';
import { assign, assignAdd, clear, decay, guard, halfSquares } from '../program/operations/updates';
import { type Ops, opsOf } from '../program/ops';
import type { Optimizer } from './optimizer';
import type { UpdateRule } from './update-rule';

/** An optimizer's part of a step's program. */
export interface OptimizerProgram {
  /** The program's input for the learning rate. */
  readonly rate: Value;
  /** The updates of a step that updates the weights. */
  readonly update: readonly Operation[];
  /** The updates of a step that only sums gradients; empty without accumulation. */
  readonly accumulate: readonly Operation[];
  /** The weights' new values. */
  readonly updated: ReadonlyMap<State, Value>;
  /** The guards that `update` and `accumulate` wait for; undefined without a guard. */
  readonly guards: { readonly update?: Value; readonly accumulate?: Value };
}

export interface OptimizerProgramOptions {
  readonly rule: UpdateRule;
  readonly optimizer: Pick<Optimizer, 'weightDecay' | 'globalClipnorm' | 'gradientAccumulationSteps'>;
  /** A factor of the learning rate by weight. */
  readonly rateFactorOf: (weight: State) => number;
  /** The state of a weight's slot or sum of gradients, or, without a weight, of the count of updates. */
  readonly stateOf: (slot: string, weight?: State) => State;
  /** Scalars that, besides the gradients, must be finite for an update to be made. If undefined, nothing is guarded. */
  readonly finite?: readonly Value[];
  /** The constraints that are applied to new weights (Keras' kernel constraints), by weight. */
  readonly constraints?: ReadonlyMap<State, (program: Program, value: Value) => Value>;
}

/**
 * Adds an optimizer's updates to a program that has gradients.
 *
 * The order is that of Keras: the mean of the accumulated gradients, clipping, weight decay, the rule's update, the
 * constraints. Only updates count for the rule's step count, not steps that only sum gradients.
 */
export function optimizerProgram(
  program: Program,
  gradients: ReadonlyMap<State, Value>,
  { rule, optimizer, rateFactorOf, stateOf, finite, constraints }: OptimizerProgramOptions,
): OptimizerProgram {
  const { weightDecay = 0, globalClipnorm, gradientAccumulationSteps: every = 1 } = optimizer;
  const ops = opsOf(program);
  const rate = input(program, [], { name: 'learningRate', sizes: [] });
  const weights = [...gradients.keys()];
  const own = [...gradients.values()];
  const squaresOf = (values: readonly Value[]) => values.map((value) => halfSquares(program, value));

  const sums = every > 1 ? weights.map((weight) => stateOf('sum', weight)) : [];
  const ofSum = finite && every > 1 ? guard(program, [...finite, ...squaresOf(own)]) : undefined;
  const accumulate = sums.map((sum, i) => assignAdd(program, sum, own[i], ofSum));
  const means =
    every > 1 ? own.map((gradient, i) => ops.mul(ops.add(program.read(sums[i]), gradient), 1 / every)) : own;
  const squares = finite || globalClipnorm ? squaresOf(means) : [];
  const after = finite && guard(program, [...finite, ...squares]);
  const scale = globalClipnorm ? clipScale(ops, squares, globalClipnorm) : undefined;

  const update: Operation[] = sums.map((sum) => clear(program, sum, after));
  const count = stateOf('step');
  const step = ops.add(program.read(count), 1);
  update.push(assign(program, count, step, after));
  const shared = rule.shared?.(ops, step) ?? [];
  const rates = new Map<number, Value>([[1, rate]]);
  const updated = new Map<State, Value>();
  for (const [i, weight] of weights.entries()) {
    const factor = rateFactorOf(weight);
    const own = rates.get(factor) ?? ops.mul(rate, factor);
    rates.set(factor, own);
    let current = program.read(weight);
    if (weightDecay > 0) {
      const decayed = decay(program, weight, own, weightDecay, after);
      update.push(decayed);
      [current] = decayed.outputs;
    }
    const slots = Object.fromEntries(rule.slots.map((slot) => [slot, stateOf(slot, weight)]));
    const gradient = scale ? ops.mul(means[i], scale) : means[i];
    const made = rule.update({ program, ops, weight, current, gradient, slots, rate: own, shared, after });
    update.push(...made);
    let value = newValue(weight, made);
    const constraint = constraints?.get(weight);
    if (constraint) {
      const constrained = assign(program, weight, constraint(program, value), after, value);
      update.push(constrained);
      [value] = constrained.outputs;
    }
    updated.set(weight, value);
  }
  return { rate, update, accumulate, updated, guards: { update: after, accumulate: ofSum } };
}

/** The weight's value after its updates. @throws OptionError if the last update isn't the weight's */
function newValue(weight: State, made: readonly Operation[]): Value {
  const last = made.at(-1);
  if (last?.writes?.[0] === weight) return last.outputs[0];
  const came = last ? `one of "${last.writes?.[0]?.name ?? 'no state'}"` : 'no update';
  throw new OptionError(
    `ruleOptimizer: expected the last update of a rule to be that of the weight "${weight.name}"; received ${came}. ` +
      'End the list with assign(program, weight, …).',
  );
}

/**
 * The factor that scales gradients so that their norm, as one vector, is at most `clipnorm`, as Keras'
 * `clip_by_global_norm`. It is NaN if a gradient isn't finite.
 */
function clipScale(ops: Ops, halfSquares: readonly Value[], clipnorm: number): Value {
  const [first, second = 0, ...others] = halfSquares;
  const norm = ops.sqrt(ops.mul(ops.add(first, second, ...others), 2));
  const finite = ops.mul(ops.minimum(ops.div(1, norm), 1 / clipnorm), clipnorm);
  return ops.add(finite, ops.sub(norm, norm));
}

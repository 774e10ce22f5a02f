import type { Operation, Program, State, Value } from '../../program/ir';
import type { Ops } from '../../program/ops';

/** One weight's part in a step. */
export interface RuleInput {
  readonly program: Program;
  readonly ops: Ops;
  readonly weight: State;
  /** The weight's value, after weight decay. */
  readonly current: Value;
  readonly gradient: Value;
  /** The weight's slots, by name. */
  readonly slots: Readonly<Record<string, State>>;
  /** The learning rate, times the weight's factor. */
  readonly rate: Value;
  /** What `shared` gave in this step. */
  readonly shared: readonly Value[];
  /** The value that every update waits for, if there is one. */
  readonly after?: Value;
}

/**
 * An optimizer's arithmetic: what it keeps per weight, and one update, as operations of the step's program.
 *
 * Clipping, weight decay, accumulation and constraints are the same for every rule, and not part of it.
 */
export interface UpdateRule {
  /** Arrays that are kept per weight, of its sizes, zeros at first: `['m', 'v']`. */
  readonly slots: readonly string[];
  /** Numbers that all weights share, computed once per step. `step` counts updates, from 1. */
  readonly shared?: (ops: Ops, step: Value) => readonly Value[];
  /** Adds what updates one weight and its slots. The weight's new value is the last operation's first output. */
  readonly update: (input: RuleInput) => readonly Operation[];
}

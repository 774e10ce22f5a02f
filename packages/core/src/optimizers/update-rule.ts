import type { Operation, Program, State, Value } from '../program/ir';
import type { Ops } from '../program/ops';

/** The inputs of an update of one weight. */
export interface RuleInput {
  readonly program: Program;
  readonly ops: Ops;
  readonly weight: State;
  /** The weight's value, after weight decay. */
  readonly current: Value;
  readonly gradient: Value;
  /** The weight's slots, by name. */
  readonly slots: Readonly<Record<string, State>>;
  /** The learning rate times the weight's factor. */
  readonly rate: Value;
  /** The values that `shared` returned. */
  readonly shared: readonly Value[];
  /** The guard that every update waits for, if there is one. Pass it to each update as its `after`. */
  readonly after?: Value;
}

/**
 * The arithmetic of an optimizer: its slots per weight and one update, as operations of the step's program.
 *
 * Clipping, weight decay, accumulation and constraints are not part of a rule: they are the same for all.
 */
export interface UpdateRule {
  /** The names of the slots: arrays of the weight's sizes, kept per weight, 0 at first. Example: `['m', 'v']`. */
  readonly slots: readonly string[];
  /** Values that all weights share, computed once per update. `step` counts updates from 1. */
  readonly shared?: (ops: Ops, step: Value) => readonly Value[];
  /** The rule's own numbers, such as `{ beta1, beta2 }`, for recipes and fingerprints. */
  readonly options?: Readonly<Record<string, number | boolean>>;
  /** Adds the updates of one weight and its slots. The first output of the last update must be the weight's new value. */
  readonly update: (input: RuleInput) => readonly Operation[];
}

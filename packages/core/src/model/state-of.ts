import type { Variable } from '@tensorflow/tfjs-core';
import type { State } from '../program/ir';

const states = new WeakMap<Variable, State>();

/** The state of a model's variable. The same variable gives the same state in every program. */
export function stateOf(variable: Variable): State {
  let state = states.get(variable);
  if (!state) {
    state = { name: variable.name, sizes: variable.shape, variable };
    states.set(variable, state);
  }
  return state;
}

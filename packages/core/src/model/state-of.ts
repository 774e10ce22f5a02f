import type { Variable } from '@tensorflow/tfjs-core';
import type { State } from '../program/ir';

const states = new WeakMap<Variable, State>();

/** A model's variable as a state: the same one in every program. */
export function stateOf(variable: Variable): State {
  let state = states.get(variable);
  if (!state) {
    state = { name: variable.name, sizes: variable.shape, variable };
    states.set(variable, state);
  }
  return state;
}

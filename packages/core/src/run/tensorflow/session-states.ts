import type { Variable } from '@tensorflow/tfjs-core';
import type { NumberType, State } from '../../program/ir';
import { DataType, FLOAT } from '../../program/node-writer';
import type { GraphWriter } from './graph-writer';

/** The states of a program as variables of a TensorFlow session. */
export class SessionStates {
  /** The inputs that `uploads` asks for, by model variable. */
  readonly given = new Map<Variable, string>();
  /** The operations that take the model's variables up. */
  readonly uploads: string[] = [];
  /** The operations that bring the states which aren't model variables to their start. */
  readonly resets: string[] = [];
  readonly #handles = new Map<State, string>();
  readonly #reads = new Map<State, string>();

  constructor(
    readonly writer: GraphWriter,
    readonly changing: ReadonlySet<State>,
  ) {}

  /** The states that aren't model variables. */
  get own(): readonly State[] {
    return [...this.#handles.keys()].filter(({ variable }) => !variable);
  }

  /** The variable of a state that changes. */
  handle(state: State): string {
    let handle = this.#handles.get(state);
    if (!handle) {
      const made = this.writer.variable(state.sizes);
      this.#handles.set(state, made);
      this.writer.within({}, () => {
        const { variable } = state;
        if (variable) this.uploads.push(this.writer.assign(made, this.writer.copy(this.source(variable))));
        else this.resets.push(this.writer.assign(made, this.writer.copy(this.#start(state))));
      });
      handle = made;
    }
    return handle;
  }

  /** The value that a state has when a run begins. */
  read(state: State): string {
    let name = this.#reads.get(state);
    if (!name) {
      name = this.writer.within({}, () => this.writer.read(this.handle(state)));
      this.#reads.set(state, name);
    }
    return name;
  }

  /** What `uploads` is given for a model variable. */
  source(variable: Variable): string {
    let name = this.given.get(variable);
    if (!name) {
      name = this.writer.within({}, () => this.writer.input(variable.shape));
      this.given.set(variable, name);
    }
    return name;
  }

  /** Keeps a value that is the same in every run, and gives where to read it. */
  kept(name: string, sizes: readonly number[], type: NumberType): string {
    return this.writer.within({}, () => {
      const handle = this.writer.variable(sizes, type);
      this.uploads.push(this.writer.assign(handle, name, type));
      return this.writer.read(handle, type);
    });
  }

  /** A copy each, as TensorFlow makes equal constants once and variables that share one would move in the midst of a step. */
  #start({ sizes, initial = 0 }: State): string {
    if (typeof initial !== 'number') return this.read(initial);
    const attributes = { ...FLOAT, index_type: { type: DataType.int32 } };
    return this.writer.node('Fill', [this.writer.ints(sizes), this.writer.floats([initial], [])], attributes);
  }
}

/** How a graph writer finds the states of a program. */
export interface StateNames {
  readonly writer: GraphWriter;
  readonly changing: ReadonlySet<State>;
  handle(state: State): string;
  read(state: State): string;
  source(variable: Variable): string;
  kept(name: string, sizes: readonly number[], type: NumberType): string;
}

/** Model variables as numbers in the graph itself: for a model that leaves this process. */
export function constantStates(writer: GraphWriter): StateNames {
  const names = new Map<unknown, string>();
  const refuse = ({ name }: State): never => {
    throw new Error(`graph: expected a constant; the state "${name}" changes.`);
  };
  return {
    writer,
    changing: new Set(),
    handle: refuse,
    read: refuse,
    source(variable) {
      let name = names.get(variable);
      if (!name) {
        name = writer.data(variable.dataSync<'float32'>(), variable.shape);
        names.set(variable, name);
      }
      return name;
    },
    // TensorFlow computes what depends on constants alone once, when the model is loaded.
    kept: (name) => name,
  };
}

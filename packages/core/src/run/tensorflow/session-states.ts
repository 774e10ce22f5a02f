import type { Variable } from '@tensorflow/tfjs-core';
import type { NumberType, State } from '../../program/ir';
import { DataType, FLOAT } from '../../program/node-writer';
import type { GraphWriter } from './graph-writer';

/** The states of a program as variables of a TensorFlow session. */
export class SessionStates {
  /** The graph's inputs for the values of model variables, which `uploads` read. */
  readonly given = new Map<Variable, string>();
  /** The nodes that copy the values of model variables into the session, and compute settled values. */
  readonly uploads: string[] = [];
  /** The nodes that set own states to their first values. */
  readonly resets: string[] = [];
  /** The graph's inputs that `resets` read, by the number that each must be given. */
  readonly firstNumbers = new Map<number, string>();
  readonly #handles = new Map<State, string>();
  readonly #reads = new Map<State, string>();

  constructor(
    readonly writer: GraphWriter,
    readonly changing: ReadonlySet<State>,
  ) {}

  /** The own states: the states that aren't model variables. */
  get own(): readonly State[] {
    return [...this.#handles.keys()].filter(({ variable }) => !variable);
  }

  /** The session's variable for a state that changes. */
  handle(state: State): string {
    let handle = this.#handles.get(state);
    if (!handle) {
      const made = this.writer.variable(state.sizes);
      this.#handles.set(state, made);
      // Each variable gets a copy of its own: TensorFlow merges equal constants, and variables that share one constant's
      // memory would be copied at their first update, during a step.
      this.writer.within({}, () => {
        const { variable } = state;
        if (variable) this.uploads.push(this.writer.assign(made, this.writer.copy(this.source(variable))));
        else this.resets.push(this.writer.assign(made, this.writer.copy(this.#start(state))));
      });
      handle = made;
    }
    return handle;
  }

  /** Reads the value of a state at the beginning of a run. */
  read(state: State): string {
    let name = this.#reads.get(state);
    if (!name) {
      name = this.writer.within({}, () => this.writer.read(this.handle(state)));
      this.#reads.set(state, name);
    }
    return name;
  }

  /** The graph's input for the value of a model variable. */
  source(variable: Variable): string {
    let name = this.given.get(variable);
    if (!name) {
      name = this.writer.within({}, () => this.writer.input(variable.shape));
      this.given.set(variable, name);
    }
    return name;
  }

  /** Stores a settled value in a variable of the session. Returns the node to read the value from. */
  kept(name: string, sizes: readonly number[], type: NumberType): string {
    return this.writer.within({}, () => {
      const handle = this.writer.variable(sizes, type);
      this.uploads.push(this.writer.assign(handle, name, type));
      return this.writer.read(handle, type);
    });
  }

  /** The first value of an own state. */
  #start({ sizes, initial = 0 }: State): string {
    if (typeof initial !== 'number') {
      // All own states are set in one run, in any order: another own state can't be read there.
      return initial.variable ? this.read(initial) : this.#start(initial);
    }
    const attributes = { ...FLOAT, index_type: { type: DataType.int32 } };
    return this.writer.node('Fill', [this.writer.ints(sizes), this.#firstNumber(initial)], attributes);
  }

  /**
   * The graph's input for the first number of states. If it were a constant, TensorFlow would compute the filled arrays
   * when it loads the graph, and keep them in memory.
   */
  #firstNumber(initial: number): string {
    let name = this.firstNumbers.get(initial);
    if (!name) {
      name = this.writer.input([]);
      this.firstNumbers.set(initial, name);
    }
    return name;
  }
}

/** The names of a program's states in a graph. */
export interface StateNames {
  readonly writer: GraphWriter;
  readonly changing: ReadonlySet<State>;
  handle(state: State): string;
  read(state: State): string;
  source(variable: Variable): string;
  kept(name: string, sizes: readonly number[], type: NumberType): string;
}

/** Model variables as constants of the graph, for exported models. States that change are refused. */
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
    // TensorFlow computes values that depend on constants alone once, when it loads the model.
    kept: (name) => name,
  };
}

import type { Variable } from '@tensorflow/tfjs-core';
import type { NumberType } from '../../program/ir';
import type { GraphWriter } from './graph-writer';
import type { ProgramVariables } from './program-variables';

/**
 * Variables of a graph that stand for those of a model: those that change are there as they are, of the others only what the
 * programs make of them.
 */
export class GraphVariables implements ProgramVariables {
  /** What is to be given when variables are written to. */
  readonly given = new Map<Variable, string>();
  /** What has to be done then. */
  readonly assignments: string[] = [];
  readonly #handles = new Map<Variable, string>();
  readonly #reads = new Map<Variable, string>();

  constructor(
    readonly writer: GraphWriter,
    readonly changing: ReadonlySet<Variable>,
  ) {}

  /** A variable that changes. */
  handle(variable: Variable): string {
    let handle = this.#handles.get(variable);
    if (!handle) {
      handle = this.writer.variable(variable.shape);
      this.#handles.set(variable, handle);
      this.assignments.push(this.writer.assign(handle, this.writer.copy(this.source(variable))));
    }
    return handle;
  }

  /** The variable as it is when a run begins. */
  read(variable: Variable): string {
    let name = this.#reads.get(variable);
    if (!name) {
      name = this.writer.read(this.handle(variable));
      this.#reads.set(variable, name);
    }
    return name;
  }

  /** What is given for it. */
  source(variable: Variable): string {
    let name = this.given.get(variable);
    if (!name) {
      name = this.writer.input(variable.shape);
      this.given.set(variable, name);
    }
    return name;
  }

  /** Keeps what doesn't change from run to run, and gives where to read it. */
  kept(name: string, sizes: readonly number[], type: NumberType): string {
    const handle = this.writer.variable(sizes, type);
    this.assignments.push(this.writer.assign(handle, name, 'AssignVariableOp', [], type));
    return this.writer.read(handle, type);
  }
}

import type { Variable } from '@tensorflow/tfjs-core';
import type { Operation } from '../operation';
import { inputKind } from '../operations/input';
import { variableKind } from '../operations/variable';
import { operationsFor, settledValues } from '../settled-values';
import { UnplannableError } from '../unplannable-error';
import type { Value } from '../value';
import type { GraphWriter } from './graph-writer';

/** Where in a graph to find what a run gives and takes. */
export interface WrittenProgram {
  /** What a run is given, by the program's inputs. */
  readonly inputs: ReadonlyMap<Value, string>;
  nameOf(value: Value): string;
}

/**
 * Variables of a graph that stand for those of a model: those that change are there as they are, of the others only what the
 * programs make of them.
 */
export class GraphVariables {
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
      this.assignments.push(this.writer.assign(handle, this.source(variable)));
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
  kept(name: string, sizes: readonly number[]): string {
    const handle = this.writer.variable(sizes);
    this.assignments.push(this.writer.assign(handle, name));
    return this.writer.read(handle);
  }
}

/**
 * Writes what the fetched values need into a graph.
 *
 * @throws UnplannableError where an operation has no TensorFlow kernel.
 */
export function writeProgram(
  variables: GraphVariables,
  all: readonly Operation[],
  fetches: readonly Value[],
): WrittenProgram {
  const { writer, changing } = variables;
  writer.beginRun();
  const operations = operationsFor(all, fetches);
  const settled = settledValues(operations, changing);
  const names = new Map<Value, string>();
  const kept = new Map<Value, string>();
  const inputs = new Map<Value, string>();
  const once = (value: Value) => names.get(value)!;
  const everyTime = (value: Value) => {
    if (!settled.has(value)) return names.get(value)!;
    let name = kept.get(value);
    if (!name) {
      name =
        value.operation.kind.name === 'Constant'
          ? names.get(value)!
          : variables.kept(names.get(value)!, value.sizes.map(Number));
      kept.set(value, name);
    }
    return name;
  };
  for (const operation of operations) {
    const { kind, inputs: reads, attributes, outputs } = operation;
    if (kind === inputKind) {
      const name = writer.input(outputs[0].sizes);
      names.set(outputs[0], name);
      inputs.set(outputs[0], name);
    } else if (kind === variableKind) {
      const { variable } = attributes as { variable: Variable };
      names.set(outputs[0], changing.has(variable) ? variables.read(variable) : variables.source(variable));
    } else {
      if (!kind.write) throw new UnplannableError(`${describe(operation)} has no TensorFlow kernel`);
      const read = settled.has(outputs[0]) ? once : everyTime;
      const written = kind.write(writer, reads.map(read), attributes, operation);
      for (const [i, output] of outputs.entries()) names.set(output, written[i]);
    }
  }
  return { inputs, nameOf: everyTime };
}

function describe({ kind, attributes }: Operation): string {
  const { layer } = attributes as { layer?: { name: string; getClassName(): string } };
  return layer ? `layer "${layer.name}", a ${layer.getClassName()},` : kind.name;
}

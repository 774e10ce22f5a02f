import type { Variable } from '@tensorflow/tfjs-core';
import { NotAProgramError } from '../../model/not-a-program-error';
import { operationsFor, settledValues } from '../../program/dependencies';
import type { Operation, Value } from '../../program/ir';
import { inputKind, variableKind } from '../../program/operations/sources';
import type { ProgramVariables } from './program-variables';

/** Where in a graph to find what a run gives and takes. */
export interface WrittenProgram {
  /** What a run is given, by the program's inputs. */
  readonly inputs: ReadonlyMap<Value, string>;
  nameOf(value: Value): string;
}

/**
 * Writes what the fetched values need into a graph.
 *
 * @param given what stands for some of the program's inputs; the others become inputs of the graph.
 * @throws NotAProgramError where an operation has no TensorFlow kernel.
 */
export function writeProgram(
  variables: ProgramVariables,
  all: readonly Operation[],
  fetches: readonly Value[],
  given: ReadonlyMap<Value, string> = new Map(),
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
          : variables.kept(names.get(value)!, value.sizes.map(Number), value.type);
      kept.set(value, name);
    }
    return name;
  };
  for (const operation of operations) {
    const { kind, inputs: reads, attributes, outputs, after } = operation;
    if (kind === inputKind) {
      const name = given.get(outputs[0]) ?? writer.input(outputs[0].sizes);
      names.set(outputs[0], name);
      inputs.set(outputs[0], name);
    } else if (kind === variableKind) {
      const { variable } = attributes as { variable: Variable };
      names.set(outputs[0], changing.has(variable) ? variables.read(variable) : variables.source(variable));
    } else {
      if (!kind.write) throw new NotAProgramError(`${describe(operation)} has no TensorFlow kernel`);
      const read = settled.has(outputs[0]) ? once : everyTime;
      const arguments_ = reads.map(read);
      const waitsFor = after && names.get(after);
      const context = {
        type: outputs[0].type,
        after: waitsFor === undefined ? undefined : { name: waitsFor, type: after!.type },
      };
      const written = writer.within(context, () => kind.write!(writer, arguments_, attributes, operation));
      for (const [i, output] of outputs.entries()) names.set(output, written[i]);
    }
  }
  return { inputs, nameOf: everyTime };
}

function describe({ kind, attributes }: Operation): string {
  const { layer } = attributes as { layer?: { name: string; getClassName(): string } };
  return layer ? `layer "${layer.name}", a ${layer.getClassName()},` : kind.name;
}

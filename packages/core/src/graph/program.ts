import type { Operation, OperationKind } from './operation';
import type { Value } from './value';

/** A list of operations, each after those whose values it reads. */
export class Program {
  readonly operations: Operation[] = [];

  /** Adds an operation and returns its outputs. */
  add<Attributes>(
    kind: OperationKind<Attributes>,
    inputs: readonly Value[],
    attributes: Attributes,
    after?: Value,
  ): readonly Value[] {
    const outputs: Value[] = [];
    const operation = { kind, inputs, attributes, outputs, after } as unknown as Operation;
    for (const [output, sizes] of kind.sizes(inputs, attributes).entries()) {
      outputs.push({ sizes, operation, output });
    }
    this.operations.push(operation);
    return outputs;
  }
}

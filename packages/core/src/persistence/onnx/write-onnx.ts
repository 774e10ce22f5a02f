import { dispose } from '@tensorflow/tfjs-core';
import { operationsBehind, settledValues } from '../../program/dependencies';
import { NotAProgramError, type Operation, type Program, type Value } from '../../program/ir';
import { runAtOnce } from '../../run/interpret';
import { describeOperation } from '../../run/tensorflow/write-entry';
import type { OnnxValue } from './onnx-graph';
import type { OnnxModel } from './onnx-messages';
import { OnnxWriter } from './onnx-writer';

/**
 * Writes the part of a program that computes one value from another as an ONNX graph. Values that depend only on
 * weights, such as folded kernels, are computed now, and become constants of the graph.
 *
 * @param given the value that becomes the graph's input, with the name `names.input`
 * @throws {NotAProgramError} names an operation that ONNX has no operator for
 */
export async function writeOnnx(
  program: Program,
  given: Value,
  wanted: Value,
  names: { readonly input: string; readonly output: string },
): Promise<Pick<OnnxModel, 'nodes' | 'constants'>> {
  const operations = operationsBehind(
    program.operations,
    [wanted],
    () => false,
    (operation) => operation === given.operation,
  );
  const same = settledValues(program.operations, new Set());
  const moving = operations.filter(({ outputs }) => !outputs.some((value) => same.has(value)));
  const read = [...moving.flatMap(({ inputs }) => inputs), wanted].filter((value) => same.has(value));
  const values = await constants(program, [...new Set(read)]);
  values.set(given, { name: names.input, rank: given.sizes.length, channelsFirst: false });
  const writer = new OnnxWriter();
  for (const operation of moving) write(writer, operation, values);
  const { graph } = writer;
  const result = graph.last(values.get(wanted)!);
  const identity = { op: 'Identity', inputs: [result], output: names.output, attributes: {} };
  return { nodes: [...graph.nodes, identity], constants: graph.constants };
}

/** The values that depend only on weights, such as folded kernels and biases, as constants. */
async function constants(program: Program, read: readonly Value[]): Promise<Map<Value, OnnxValue>> {
  const tensors = runAtOnce({ program, outputs: read }, new Map());
  try {
    const values = await Promise.all(tensors.map((tensor) => tensor.data<'float32'>()));
    return new Map(
      read.map(({ sizes }, i) => {
        const constant = { sizes: sizes.map(Number), values: values[i] };
        return [read[i], { rank: sizes.length, channelsFirst: false, constant }];
      }),
    );
  } finally {
    dispose(tensors);
  }
}

/** Adds an operation to the graph. */
function write(writer: OnnxWriter, operation: Operation, values: Map<Value, OnnxValue>): void {
  const { kind, inputs, outputs, attributes } = operation;
  if (!kind.write) throw new NotAProgramError(`${describeOperation(operation)} is none of them`);
  const read = inputs.map((input) => values.get(input)!);
  const written = refusedBy(operation, () => kind.write!(writer, read, attributes, operation));
  for (const [i, output] of outputs.entries()) values.set(output, written[i]);
}

/** Names the operation in an error of a kernel. */
function refusedBy<Result>(operation: Operation, write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof NotAProgramError)) throw error;
    throw new NotAProgramError(`${describeOperation(operation)} needs ${error.message}, which has none`);
  }
}

import { batchDependents } from '../dependencies';
import type { Operation } from '../ir';
import { innerSizes, Program, type Value } from '../ir';
import { inputKind, isPixels } from '../operations/sources';

/**
 * Rewrites a forward pass and its gradients so that the backward pass computes most of the forward pass a second time, piece
 * by piece, instead of keeping all activations: gradient checkpointing (Chen et al., 2016, arXiv:1604.06174).
 *
 * The forward pass can be cut at places behind which only one value of all earlier ones is read, such as behind each block
 * of a ResNet. It is cut into about as many pieces as the square root of the number of such places. Only the values at the
 * cuts are kept. The other values of a piece are computed again when the gradients reach the piece. This costs about the
 * time of one forward pass, and gives the same numbers.
 *
 * @param forward the number of operations that are the forward pass; the operations after them are gradients.
 */
export function recompute(before: Program, forward: number): Program {
  const { operations } = before;
  const ahead = operations.slice(0, forward);
  const pieces = piecesOf(ahead);
  const pieceOf = new Map(pieces.flatMap((piece) => piece.made.map((value) => [value, piece] as const)));
  const made = new Set(ahead.flatMap(({ outputs }) => outputs));
  const copies = new Map<Value, Value>();
  const program = new Program(before);
  program.operations.push(...ahead);
  for (const operation of operations.slice(forward)) {
    // The copies wait for the gradient that reads them. Otherwise they could be computed early and stay in memory.
    const after = operation.inputs.find((input) => !made.has(input));
    for (const input of operation.inputs) {
      const piece = pieceOf.get(input);
      if (piece && !copies.has(input)) copy(piece, after);
    }
    program.operations.push({ ...operation, inputs: operation.inputs.map(copied) });
  }
  return program;

  function copied(value: Value): Value {
    return copies.get(value) ?? value;
  }

  function copy(piece: Piece, after: Value | undefined): void {
    for (const { kind, inputs, attributes, outputs } of piece.operations) {
      const again = program.add(kind, inputs.map(copied), attributes, after);
      for (const [i, output] of outputs.entries()) copies.set(output, again[i]);
    }
    copies.delete(piece.result);
  }
}

/** A part of a forward pass. It can be computed again from the result of the piece before it. */
interface Piece {
  readonly operations: readonly Operation[];
  /** The values that the piece computes besides its result. */
  readonly made: readonly Value[];
  readonly result: Value;
}

/** All pieces but the last. The values of the last piece are still in memory when the gradients begin. */
function piecesOf(ahead: readonly Operation[]): Piece[] {
  const moving = batchDependents(ahead);
  // A run may be given the pixels as float32 instead of bytes, so the cast between them isn't computed again.
  const activations = ahead.filter(
    ({ kind, inputs, outputs }) => kind !== inputKind && moving.has(outputs[0]) && !inputs.some(isPixels),
  );
  const cuts = cutsOf(activations);
  const total = activations.reduce((sum, { outputs }) => sum + size(outputs), 0);
  const count = Math.round(Math.sqrt(cuts.length + 1));
  const pieces: Piece[] = [];
  let start = 0;
  let before = 0;
  for (const { at, result, upTo } of cuts) {
    if (upTo - before < total / count) continue;
    const operations = activations.slice(start, at + 1);
    const made = operations.flatMap(({ outputs }) => outputs).filter((value) => value !== result);
    pieces.push({ operations, made, result });
    start = at + 1;
    before = upTo;
  }
  return pieces;
}

/** The places behind which only one earlier value is read, that value, and the total size of all values up to there. */
function cutsOf(operations: readonly Operation[]): { at: number; result: Value; upTo: number }[] {
  const lastRead = new Map<Value, number>();
  for (const [i, { inputs }] of operations.entries()) for (const input of inputs) lastRead.set(input, i);
  const open = new Set<Value>();
  const cuts: { at: number; result: Value; upTo: number }[] = [];
  let upTo = 0;
  for (const [at, { inputs, outputs }] of operations.entries()) {
    upTo += size(outputs);
    for (const output of outputs) if (lastRead.has(output)) open.add(output);
    for (const input of inputs) if (lastRead.get(input) === at) open.delete(input);
    const [result] = open;
    if (open.size === 1 && outputs.includes(result) && at < operations.length - 1) {
      cuts.push({ at, result, upTo });
    }
  }
  return cuts;
}

function size(outputs: readonly Value[]): number {
  return outputs.reduce((sum, output) => sum + innerSizes(output).reduce((product, n) => product * n, 1), 0);
}

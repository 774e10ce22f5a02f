import { operationsFor, settledValues } from '../../program/dependencies';
import {
  type Entry,
  NotAProgramError,
  type NumberType,
  type Operation,
  stateRead,
  type Value,
} from '../../program/ir';
import { DataType, dataType } from '../../program/node-writer';
import { inputKind, isPixels } from '../../program/operations/sources';
import type { GraphWriter } from './graph-writer';
import type { StateNames } from './session-states';

/** The part of an entry that one run of a session computes. */
export interface SessionPart {
  /** The names of values in the graph. */
  readonly names: ReadonlyMap<Value, string>;
  /** The graph's inputs (float32 or bytes), by the value that each stands for. */
  readonly given: ReadonlyMap<Value, string>;
  /** The values that later parts or the caller read. They are fetched in float32. */
  readonly fetched: readonly Value[];
  readonly fetchedNames: readonly string[];
  /** The nodes of the updates that the run makes. */
  readonly applied: readonly string[];
}

/** An entry as runs of a session and, between them, the operations without TensorFlow kernels. */
export type WrittenEntry = readonly (SessionPart | Operation)[];

/**
 * Writes an entry into a graph.
 *
 * @param known names of nodes that are in the graph already, by the value that each computes.
 */
export function writeEntry(
  states: StateNames,
  entry: Entry,
  known: ReadonlyMap<Value, string> = new Map(),
): WrittenEntry {
  const operations = operationsFor(entry);
  // A pass may have replaced an operation by a copy, so `value.operation` may belong to the program before the pass.
  const makers = new Map(
    operations.flatMap((operation) => operation.outputs.map((value) => [value, operation] as const)),
  );
  const settled = settledValues(operations, states.changing);
  const settledName = settledNames(states, operations, settled);
  const levels = levelsOf(operations, makers, settled, known);
  const last = Math.max(0, ...levels.values());
  const written: (SessionPart | Operation)[] = [];
  for (let level = 0; level <= last; level++) {
    const ofLevel = [...levels].filter(([, of]) => of === level).map(([operation]) => operation);
    const here = new Set(ofLevel.filter(isWritten));
    const elsewhere = [...levels.keys()].filter((operation) => !here.has(operation));
    const readElsewhere = new Set([...elsewhere.flatMap(({ inputs }) => inputs), ...entry.outputs]);
    const made = [...here].filter(({ kind }) => kind !== (inputKind as typeof kind));
    const fetched = made.flatMap(({ outputs }) => outputs.filter((value) => readElsewhere.has(value)));
    const foreign = ofLevel.filter((operation) => !isWritten(operation));
    const alsoRead = [...foreign.flatMap(({ inputs }) => inputs), ...(level === last ? entry.outputs : [])];
    const unmade = alsoRead.filter((value) => !levels.has(makers.get(value)!));
    const part = writePart(states, [...here], [...new Set([...fetched, ...unmade])], settledName, known);
    if (part.fetched.length > 0 || part.applied.length > 0) written.push(part);
    written.push(...foreign);
  }
  return written;
}

/** Whether an operation can be written as TensorFlow kernels. */
function isWritten({ kind }: Operation): boolean {
  return kind.write !== undefined || kind.apply !== undefined || kind === (inputKind as typeof kind);
}

/**
 * The level of each operation: the index of the session's run that computes it. An operation without TensorFlow kernels
 * runs after the session's run of its level. Operations that read its outputs have the next level.
 */
function levelsOf(
  operations: readonly Operation[],
  makers: ReadonlyMap<Value, Operation>,
  settled: ReadonlySet<Value>,
  known: ReadonlyMap<Value, string>,
): Map<Operation, number> {
  const levels = new Map<Operation, number>();
  for (const operation of operations) {
    const { inputs, outputs, after } = operation;
    if (outputs.some((output) => settled.has(output) || known.has(output)) || stateRead(operation)) continue;
    const before = (after ? [...inputs, after] : inputs).map((value) => makers.get(value)!);
    const possible = before.map((other) => {
      const level = levels.get(other);
      return level === undefined ? 0 : level + Number(isWritten(operation) && !isWritten(other));
    });
    levels.set(operation, Math.max(0, ...possible));
  }
  return levels;
}

/** Writes the settled values, which are computed when weights are uploaded, and kept. Returns a lookup of their names. */
function settledNames(
  states: StateNames,
  operations: readonly Operation[],
  settled: ReadonlySet<Value>,
): (value: Value) => string | undefined {
  const names = new Map<Value, string>();
  const kept = new Map<Value, string>();
  for (const operation of operations) {
    const { inputs, outputs } = operation;
    if (!outputs.some((output) => settled.has(output))) continue;
    const state = stateRead(operation);
    const values = inputs.map((value) => names.get(value)!);
    const written = state
      ? [states.source(state.variable!)]
      : states.writer.within({ type: outputs[0].type }, () => writeValues(states, operation, values));
    for (const [i, output] of outputs.entries()) names.set(output, written[i]);
  }
  return (value) => {
    const name = names.get(value);
    if (name === undefined) return undefined;
    let read = kept.get(value);
    if (read === undefined) {
      const constant = value.operation.kind.name === 'Constant';
      read = constant ? name : states.kept(name, value.sizes.map(Number), value.type);
      kept.set(value, read);
    }
    return read;
  };
}

/** Writes the part of an entry that one run of the session computes. */
function writePart(
  states: StateNames,
  operations: readonly Operation[],
  fetched: readonly Value[],
  settledName: (value: Value) => string | undefined,
  known: ReadonlyMap<Value, string>,
): SessionPart {
  const { writer } = states;
  const names = new Map<Value, string>();
  const given = new Map<Value, string>();
  const updates = new Map<Value, { readonly operation: Operation; readonly applied: string }>();
  const named = (value: Value, name: string): string => {
    names.set(value, name);
    if (value.sizes[0] === null && !isPixels(value) && value.type === 'float32') writer.hasBatch(name);
    return name;
  };
  const nameOf = (value: Value): string => {
    const found = names.get(value) ?? settledName(value);
    if (found !== undefined) return found;
    const state = stateRead(value.operation);
    if (state) return states.read(state);
    const update = updates.get(value);
    if (update) {
      const handle = states.handle(update.operation.writes![value.output]);
      return named(
        value,
        writer.within({ done: [update.applied] }, () => writer.read(handle)),
      );
    }
    return writer.within({}, () => {
      const name = writer.input(value.sizes, isPixels(value) ? DataType.uint8 : DataType.float);
      given.set(value, name);
      return named(value, castNode(writer, name, 'float32', value.type));
    });
  };

  writer.beginRun();
  for (const [value, name] of known) named(value, name);
  // Inputs come first, because they tell the number of images.
  for (const { kind, outputs } of operations) if (kind === (inputKind as typeof kind)) nameOf(outputs[0]);
  const readByOthers = new Set(
    operations.flatMap(({ inputs, writes = [] }) =>
      inputs.slice(writes.length).flatMap(({ operation }) => stateRead(operation) ?? []),
    ),
  );
  for (const operation of operations) {
    const { kind, inputs, outputs, after, writes } = operation;
    if (kind === (inputKind as typeof kind)) continue;
    // A value of an earlier part is computed already. A value of a later part can't be waited for.
    const awaited = after && names.get(after);
    const wait = after && awaited ? [{ name: awaited, type: after.type }] : [];
    const values = inputs.map(nameOf);
    if (writes) {
      const before = inputs.flatMap((value) => updates.get(value)?.applied ?? []);
      const reads = writes.filter((state) => readByOthers.has(state)).map((state) => states.read(state));
      const context = { after: wait, done: [...before, ...reads] };
      const applied = writer.within(context, () => writeUpdate(states, operation, values));
      for (const output of outputs) updates.set(output, { operation, applied });
    } else {
      const context = { type: outputs[0].type, after: wait };
      const written = writer.within(context, () => writeValues(states, operation, values));
      for (const [i, output] of outputs.entries()) named(output, written[i]);
    }
  }
  return {
    names,
    given,
    fetched,
    fetchedNames: fetched.map((value) => castNode(writer, nameOf(value), value.type, 'float32')),
    applied: [...new Set([...updates.values()].map(({ applied }) => applied))],
  };
}

/** A cast, if the types differ. TensorFlow.js has no bfloat16 tensors, so a session's inputs and outputs are float32. */
function castNode(writer: GraphWriter, name: string, from: NumberType, to: NumberType): string {
  if (from === to) return name;
  return writer.node('Cast', [name], { SrcT: { type: dataType(from) }, DstT: { type: dataType(to) } });
}

function writeValues(
  { writer }: StateNames,
  operation: Operation,
  values: readonly string[],
): readonly string[] {
  const { kind, attributes } = operation;
  if (!kind.write) throw new NotAProgramError(`${describeOperation(operation)} has no TensorFlow kernel`);
  return kind.write(writer, values, attributes, operation);
}

/** Writes an update. Returns the node to wait for. */
function writeUpdate(states: StateNames, operation: Operation, values: readonly string[]): string {
  const { kind, attributes, writes = [] } = operation;
  const { writer } = states;
  const handles = writes.map((state) => states.handle(state));
  if (kind.apply) return kind.apply(writer, handles, values, attributes, operation);
  const written = writeValues(states, operation, values);
  return writer.done(handles.map((handle, i) => writer.assign(handle, written[i])));
}

/** Describes an operation as a part of a sentence. */
export function describeOperation({ kind, attributes }: Operation): string {
  const { layer } = attributes as { layer?: { name: string; getClassName(): string } };
  if (layer) return `layer "${layer.name}", a ${layer.getClassName()},`;
  return kind.name === 'LossCall' ? 'the loss, a function of tensors,' : kind.name;
}

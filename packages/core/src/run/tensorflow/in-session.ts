import * as tf from '@tensorflow/tfjs-core';
import { writtenStates } from '../../program/dependencies';
import type { Operation, Value } from '../../program/ir';
import { NOT_FINITE } from '../../program/operations/updates';
import type { NativeBackend } from '../../tfjs-internals/native-backend';
import { type Entries, NotFiniteError, type PreparedProgram } from '../prepared-program';
import { graphSession } from './graph-session';
import { GraphWriter } from './graph-writer';
import { SessionStates } from './session-states';
import { SessionValues } from './session-values';
import { describeOperation, type SessionPart, writeEntry } from './write-entry';

/**
 * Prepares the entries of a program to be run by a TensorFlow session. All entries are in one graph, whose variables hold
 * the states.
 *
 * Until `dispose`, only the session holds the values of model variables that change. Reading such a tf.Variable reads the
 * session's value. An operation without a TensorFlow kernel is run by TensorFlow.js between two runs of the session.
 *
 * @throws NotAProgramError if an operation that computes a settled value has no TensorFlow kernel.
 */
export function inSession(backend: NativeBackend, entries: Entries): PreparedProgram {
  const writer = new GraphWriter();
  const changing = writtenStates(Object.values(entries));
  const states = new SessionStates(writer, changing);
  const runs = new Map<string, readonly (RunPart | Operation)[]>();
  for (const [name, entry] of Object.entries(entries)) {
    runs.set(
      name,
      writeEntry(states, entry).map((part) => ('kind' in part ? part : withDone(writer, part))),
    );
  }
  const foreign = [...runs.values()]
    .flat()
    .flatMap((part) => ('kind' in part && !part.kind.name.endsWith('Gradient') ? [part] : []));
  const ofModel = [...changing].filter(({ variable }) => variable);
  const reads = new Map([...changing].map((state) => [state, writer.copy(states.read(state))]));
  const writes = new Map(
    states.own.map((state) => {
      const value = writer.input(state.sizes);
      return [state, { value, done: writer.done([writer.assign(states.handle(state), writer.copy(value))]) }];
    }),
  );
  const upload = writer.done(states.uploads);
  const reset = writer.done(states.resets);
  const session = graphSession(backend, writer.graph);
  const none = new Map<string, tf.Tensor>();

  const values = new SessionValues(
    ofModel.map(({ variable }) => variable!),
    () =>
      session.run(
        none,
        ofModel.map((state) => reads.get(state)!),
      ),
  );
  let begun = false;
  const seen = new Map<tf.Variable, object>();
  const takeUp = () => {
    const given = [...states.given.keys()];
    const written = given.some((variable) => variable.dataId !== seen.get(variable));
    values.outdate();
    if (written || !begun) {
      const tensors = given.map((variable) => [states.given.get(variable)!, variable as tf.Tensor] as const);
      tf.dispose(session.run(new Map(tensors), [upload]));
    }
    values.holdAll();
    for (const variable of given) seen.set(variable, variable.dataId);
    if (begun) return;
    // Reset after the upload: the model's variables are freed by then, and own states can take their memory.
    const numbers = [...states.firstNumbers].map(([number, name]) => [name, tf.scalar(number)] as const);
    tf.dispose(session.run(new Map(numbers), [reset]));
    tf.dispose(numbers.map(([, tensor]) => tensor));
    begun = true;
  };

  return {
    async run(entry, inputs) {
      takeUp();
      return runParts(session.run, runs.get(entry)!, inputs, entries[entry].outputs);
    },
    apart: [...new Set(foreign.map(describeOperation))],
    ownStates: states.own,
    async read(asked) {
      takeUp();
      return session.run(
        none,
        asked.map((state) => reads.get(state)!),
      );
    },
    write(given) {
      takeUp();
      for (const [state, tensor] of given) {
        const { value, done } = writes.get(state)!;
        tf.dispose(session.run(new Map([[value, tensor]]), [done]));
      }
    },
    dispose() {
      values.releaseAll();
      session.dispose();
    },
  };
}

interface RunPart extends SessionPart {
  /** A node to fetch so that the updates are made; undefined if there are none. */
  readonly done?: string;
}

function withDone(writer: GraphWriter, part: SessionPart): RunPart {
  return part.applied.length > 0 ? { ...part, done: writer.done(part.applied) } : part;
}

type Session = (inputs: ReadonlyMap<string, tf.Tensor>, outputs: readonly string[]) => tf.Tensor[];

/** Runs the parts in order and returns the outputs. All other tensors are disposed. */
function runParts(
  session: Session,
  parts: readonly (RunPart | Operation)[],
  inputs: ReadonlyMap<Value, tf.Tensor>,
  outputs: readonly Value[],
): tf.Tensor[] {
  const made = new Map<Value, tf.Tensor>();
  const tensorOf = (value: Value) => inputs.get(value) ?? made.get(value)!;
  try {
    for (const part of parts) {
      const [values, tensors] =
        'kind' in part
          ? [part.outputs, part.kind.run(part.inputs.map(tensorOf), part.attributes, part)]
          : [part.fetched, runPart(session, part, inputs, tensorOf)];
      for (const [i, value] of values.entries()) made.set(value, tf.keep(tensors[i]));
    }
    return outputs.map((value) => tf.clone(tensorOf(value)));
  } finally {
    for (const tensor of made.values()) tensor.dispose();
  }
}

function runPart(
  session: Session,
  { names, given, fetchedNames, done }: RunPart,
  inputs: ReadonlyMap<Value, tf.Tensor>,
  tensorOf: (value: Value) => tf.Tensor,
): tf.Tensor[] {
  const fed = new Map<string, tf.Tensor>();
  for (const [value, tensor] of inputs) {
    if (names.has(value) && !given.has(value)) fed.set(names.get(value)!, tensor);
  }
  for (const [value, name] of given) {
    const tensor = tensorOf(value);
    if (tensor) fed.set(name, tensor);
  }
  try {
    const results = session(fed, done ? [...fetchedNames, done] : fetchedNames);
    if (done) results.pop()!.dispose();
    return results;
  } catch (error) {
    if (!String((error as Error).message).includes(NOT_FINITE)) throw error;
    throw new NotFiniteError('program: a number of the run is not finite.', { cause: error });
  }
}

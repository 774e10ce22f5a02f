import type * as tf from '@tensorflow/tfjs-core';
import type { Entry, State, Value } from '../program/ir';

/** Entries of a program, by name. */
export type Entries = Readonly<Record<string, Entry>>;

/** A program that is ready to run, with the values of its states. */
export interface PreparedProgram {
  /**
   * Runs one entry: makes its updates and returns its outputs. Values that were written to the model's variables since
   * the last run are used. The caller disposes the inputs and the outputs.
   *
   * @param inputs tensors by value. Any value may be given, not only inputs. A given value isn't computed.
   * @throws NotFiniteError if a guard finds a number that isn't finite. No update that waits for the guard is made then.
   */
  run(entry: string, inputs: ReadonlyMap<Value, tf.Tensor>): Promise<tf.Tensor[]>;
  /** Names of the operations without a TensorFlow kernel. TensorFlow.js runs these between two runs of the session. */
  readonly apart: readonly string[];
  /** The own states: the states that aren't model variables, such as optimizer slots. */
  readonly ownStates: readonly State[];
  /** Reads own states. Returns copies, which the caller disposes. */
  read(states: readonly State[]): Promise<tf.Tensor[]>;
  /** Sets own states to copies of the tensors. The caller disposes the tensors. */
  write(values: ReadonlyMap<State, tf.Tensor>): void;
  dispose(): void;
}

/** A guard met a number that isn't finite, and the updates that wait for it were not made. */
export class NotFiniteError extends Error {}

import type * as tf from '@tensorflow/tfjs-core';
import type { Entry, State, Value } from '../program/ir';

/** The runs that a program is prepared for, by name. */
export type Entries = Readonly<Record<string, Entry>>;

/** A program that is ready to run, with its states. */
export interface PreparedProgram {
  /**
   * Runs one entry: makes its updates and returns its outputs. What was written to the model's variables since the last run
   * is taken up first. The inputs stay the caller's; the caller disposes the
   * outputs.
   *
   * @param inputs tensors by value. Any value may be given, not only an input: what leads to it isn't computed then.
   * @throws NotFiniteError where a guard finds a number that isn't finite; no update is made then.
   */
  run(entry: string, inputs: ReadonlyMap<Value, tf.Tensor>): Promise<tf.Tensor[]>;
  /** Names of what TensorFlow has no kernels for, and what therefore runs between two runs of a session. */
  readonly apart: readonly string[];
  /** The states that aren't model variables. */
  readonly ownStates: readonly State[];
  /** Copies of the values of own states; the caller disposes them. */
  read(states: readonly State[]): Promise<tf.Tensor[]>;
  /** Sets own states. The tensors stay the caller's. */
  write(values: ReadonlyMap<State, tf.Tensor>): void;
  dispose(): void;
}

/** A run met a number that isn't finite, and made no update. */
export class NotFiniteError extends Error {}

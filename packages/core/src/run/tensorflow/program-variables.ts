import type { Variable } from '@tensorflow/tfjs-core';
import type { NumberType } from '../../program/ir';
import type { GraphWriter } from './graph-writer';

/** What a model's variables become in a graph. */
export interface ProgramVariables {
  readonly writer: GraphWriter;
  /** Those that change from run to run. */
  readonly changing: ReadonlySet<Variable>;
  /** One that changes, as it is when a run begins. */
  read(variable: Variable): string;
  /** One that doesn't. */
  source(variable: Variable): string;
  /** Keeps what was made of such from run to run, and gives where to read it. */
  kept(name: string, sizes: readonly number[], type: NumberType): string;
}

import { DatasetFileError } from '../errors';
import type { RowProblem } from '../records/dataset-records';

/** How to treat rows that have a problem. */
export type ProblemRule = 'error' | 'skip' | ((problem: RowProblem) => 'skip' | 'error' | undefined);

/** The problems of the rows that were skipped. */
export interface RowProblems {
  readonly skipped: readonly RowProblem[];
  /**
   * Runs what reads one row, and tells whether the row is good.
   *
   * @throws {DatasetFileError} the row has a problem that is not to be skipped
   */
  attempt(where: string, read: (fail: (problem: string) => never) => void): boolean;
}

/** Applies a rule to the problems of rows. */
export function rowProblems(caller: string, file: string, rule: ProblemRule = 'error'): RowProblems {
  const skipped: RowProblem[] = [];
  // One error object for all rows, because making an error takes longer than reading a row.
  const signal = new Error('a row has a problem');
  return {
    skipped,
    attempt(where, read) {
      let message: string | undefined;
      try {
        read((problem) => {
          message = problem;
          throw signal;
        });
        return true;
      } catch (error) {
        if (error !== signal) throw error;
      }
      const problem = { where: `${file}, ${where}`, message: message! };
      const verdict = typeof rule === 'function' ? rule(problem) : rule;
      if (verdict === 'error') {
        throw new DatasetFileError(
          `${caller}: ${problem.where}: ${problem.message}. Correct the file, or leave such rows out with onProblem: 'skip'.`,
        );
      }
      skipped.push(problem);
      return false;
    },
  };
}

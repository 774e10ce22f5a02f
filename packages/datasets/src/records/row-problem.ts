/** A row of a file that was not as it should be, and was left out. */
export interface RowProblem {
  /** The file, and where in it the row is. */
  readonly where: string;
  /** What was expected and what came. */
  readonly message: string;
}

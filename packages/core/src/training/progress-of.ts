/** The progress of a phase at a step, which a schedule gets: from 0 at the first step to 1 at the last; 0 for a single step. */
export function progressOf(step: number, steps: number): number {
  return steps > 1 ? step / (steps - 1) : 0;
}

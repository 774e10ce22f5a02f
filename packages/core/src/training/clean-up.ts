/**
 * Runs all actions in order, even if an earlier one fails.
 *
 * @returns the errors of the failed actions, in order.
 */
export async function cleanUp(actions: readonly (() => void | Promise<void>)[]): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (const action of actions) {
    try {
      await action();
    } catch (error) {
      failures.push(error);
    }
  }
  return failures;
}

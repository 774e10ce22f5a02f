/**
 * Runs every action in order, each one even if actions before it failed.
 *
 * @returns what the failed actions threw, in order.
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

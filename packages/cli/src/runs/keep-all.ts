import { ResultsError } from '../errors';

/**
 * Runs all tasks of a list, even if some fail, so that a full disk or a damaged image doesn't prevent other results.
 *
 * @param kept tells, for the message, what remains of the failed tasks.
 * @throws ResultsError names each failed task, and the reason.
 */
export async function keepAll(
  tasks: Readonly<Record<string, () => Promise<unknown>>>,
  kept: (failed: readonly string[]) => string,
): Promise<void> {
  const failures: [name: string, error: unknown][] = [];
  for (const [name, task] of Object.entries(tasks)) {
    try {
      await task();
    } catch (error) {
      failures.push([name, error]);
    }
  }
  if (failures.length === 0) return;
  const reasons = failures.map(
    ([name, error]) => `\n  ${name}: ${error instanceof Error ? error.message : error}`,
  );
  throw new ResultsError(
    `expected ${Object.keys(tasks).length} results; ${failures.length} failed:${reasons.join('')}\n${kept(failures.map(([name]) => name))}`,
    { cause: new AggregateError(failures.map(([, error]) => error)) },
  );
}

import { ResultsError } from '../errors';

/**
 * Does everything of a list, each even if another one failed, so that a full disk or a damaged image costs no more than it must.
 *
 * @param kept what stays of what failed, for the message.
 * @throws ResultsError names each that failed, and why.
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

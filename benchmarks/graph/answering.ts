import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/**
 * Answers each line of the input: `unit` with the milliseconds of the next unit, `peak` with the peak memory of the
 * process.
 */
export async function answering(units: (next: () => Promise<void>) => Promise<void>): Promise<never> {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  let started: number | undefined;
  const asked = async (): Promise<void> => {
    const { value, done } = await lines.next();
    if (done) process.exit(0);
    if (value === 'peak') {
      const kB = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
      console.log(JSON.stringify({ bytes: kB * 1024 }));
      return asked();
    }
    started = performance.now();
  };
  /** Must be called before the first unit and after each unit. */
  const next = async () => {
    if (started !== undefined) console.log(JSON.stringify({ ms: performance.now() - started }));
    await asked();
  };
  await next();
  await units(next);
  throw new Error('asked for more units than there are');
}

import { pathToFileURL } from 'node:url';
import { format } from 'node:util';

/** What a child sends for each file that it ran. */
export interface ChildReport {
  readonly path: string;
  /** Line in the example and what it printed there, in the order of printing. */
  readonly printed: readonly (readonly [line: number, text: string])[];
  /** The stack of what was thrown. */
  readonly error?: string;
}

let printed: [number, string][] = [];
Object.assign(globalThis, {
  exampleLog: (line: number, ...values: unknown[]) => void printed.push([line, format(...values)]),
});

for (const path of process.argv.slice(2)) {
  printed = [];
  let error: string | undefined;
  try {
    await import(pathToFileURL(path).href);
  } catch (thrown) {
    error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  }
  await new Promise((sent) => process.send!({ path, printed, error } satisfies ChildReport, sent));
}
// An example may leave a timer or a pool of threads behind.
process.exit(0);

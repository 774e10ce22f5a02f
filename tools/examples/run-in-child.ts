import { pathToFileURL } from 'node:url';
import { format } from 'node:util';

/** The message of a child for each file that it has run. */
export interface ChildReport {
  readonly path: string;
  /** The line in the example and its output, in the order of printing. */
  readonly printed: readonly (readonly [line: number, text: string])[];
  /** The stack of a thrown error. */
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
// An example may leave a timer or a pool of threads running.
process.exit(0);

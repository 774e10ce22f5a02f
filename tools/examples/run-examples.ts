import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Example } from './extract-examples';
import { type InstrumentedExample, instrumentExample } from './instrument-example';
import type { ChildReport } from './run-in-child';

const CHILD = fileURLToPath(new URL('./run-in-child.ts', import.meta.url));
const TIME_LIMIT_MS = 60_000;

/** The differences between the promised and the printed output of each example; empty if there are none. */
export type ExampleResults = ReadonlyMap<Example, readonly string[]>;

/**
 * Runs examples as modules in `folder`, so that they find the dependencies of its package.
 *
 * Examples that use TensorFlow.js get a process each, because its backend and the names of layers are global. The
 * others share one process.
 */
export async function runExamples(folder: string, examples: readonly Example[]): Promise<ExampleResults> {
  const temporary = mkdtempSync(join(folder, '.examples-'));
  try {
    const ready = examples.map((example, index) => {
      const instrumented = instrumentExample(example.code);
      // One folder per example, so that an example that writes files finds only its own.
      const path = join(temporary, String(index), 'example.ts');
      mkdirSync(join(temporary, String(index)));
      writeFileSync(path, `${instrumented.code}\nexport {};\n`);
      return { example, path, instrumented };
    });
    const usesTensorFlow = (code: string) => /['"]@(tensorflow|thawjs\/(core|backends))/.test(code);
    const groups = ready.filter(({ example }) => usesTensorFlow(example.code)).map((one) => [one]);
    groups.push(ready.filter(({ example }) => !usesTensorFlow(example.code)));
    const results = new Map<Example, string[]>();
    for (const group of groups.filter(({ length }) => length > 0)) {
      const { reports, ending } = await runChild(group.map(({ path }) => path));
      for (const { example, path, instrumented } of group) {
        const report = reports.find((one) => one.path === path);
        const faults = report ? compare(example, instrumented, report) : [`${at(example, 1)}: ${ending}`];
        results.set(example, faults);
      }
    }
    return results;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function runChild(paths: readonly string[]): Promise<{ reports: ChildReport[]; ending: string }> {
  return new Promise((resolve) => {
    const reports: ChildReport[] = [];
    const output: string[] = [];
    const child = fork(CHILD, paths, {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      timeout: TIME_LIMIT_MS,
    });
    child.on('message', (report) => reports.push(report as ChildReport));
    child.stdout!.on('data', (data) => output.push(String(data)));
    child.stderr!.on('data', (data) => output.push(String(data)));
    child.on('close', (code, signal) =>
      resolve({
        reports,
        ending: `its process ended with ${signal ?? code} before it did.\n${output.join('')}`,
      }),
    );
  });
}

function compare(
  example: Example,
  { promises }: InstrumentedExample,
  { printed, error }: ChildReport,
): string[] {
  const faults = error ? [`${at(example, 1)}: ${error}`] : [];
  for (const [line, promised] of promises) {
    const texts = printed.filter(([from]) => from === line).map(([, text]) => text.trimEnd());
    if (texts.length === 0 && !error)
      faults.push(`${at(example, line)}: promised ${promised}; was never reached.`);
    for (const text of texts) {
      if (text !== promised) faults.push(`${at(example, line)}: promised ${promised}; printed ${text}`);
    }
  }
  return faults;
}

/** `file:line` of a line in the example. */
function at({ file, line }: Example, lineInExample: number): string {
  return `${file}:${line + lineInExample - 1}`;
}

import { runCommand } from './run-command';

/** The time that Node takes to import one package, in a separate process. */
export interface ImportTime {
  readonly name: string;
  /** Milliseconds of processor time, which other programs affect less than time on the clock; the median of five. */
  readonly cpuMs: number;
}

const RUNS = 5;

/** Measures the import of each package in a project that has them installed. */
export function importTimes(project: string, names: readonly string[]): ImportTime[] {
  const measure = (name: string) =>
    Number(
      runCommand(
        process.execPath,
        [
          '--input-type=module',
          '--eval',
          `const before = process.cpuUsage();
           await import('${name}');
           const { user, system } = process.cpuUsage(before);
           console.log((user + system) / 1000);`,
        ],
        project,
      ),
    );
  return names.map((name) => {
    const times = Array.from({ length: RUNS }, () => measure(name)).sort((a, b) => a - b);
    return { name, cpuMs: Math.round(times[Math.floor(RUNS / 2)]) };
  });
}

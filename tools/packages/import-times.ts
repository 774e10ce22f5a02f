import { runCommand } from './run-command';

/** How long Node takes to import one package, in a process of its own. */
export interface ImportTime {
  readonly name: string;
  /** Milliseconds of processor time, which neighbours on the machine disturb less than a clock's; the median of five. */
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

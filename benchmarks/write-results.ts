import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/** One figure: ours and those of the peers. */
export interface Figure {
  readonly name: string;
  /** The unit of `ours` and `peers`, such as `ms/image`; smaller is better. */
  readonly unit: string;
  readonly ours: number;
  readonly peers: Readonly<Record<string, number>>;
  /** The first peer's figure divided by ours: above 1, ours is faster or smaller. */
  readonly ratio: number;
  /** The ratio to reach. */
  readonly goal?: number;
}

/** The description of a benchmark. */
export interface Benchmark {
  /** The file's name: `graph` gives `results/graph.json`. */
  readonly name: string;
  readonly title: string;
  /** The software of both sides, such as `{ keras: '3.15.1' }`. */
  readonly versions: Readonly<Record<string, string>>;
  readonly figures: readonly Figure[];
  /** Markdown below the table: profiles, how the figures were measured, what limits them. */
  readonly notes?: string;
}

const folder = new URL('.', import.meta.url).pathname;
const results = `${folder}results`;
/** The last results of other machines, which later results replaced. */
const others = `${results}/other-machines`;
const machine = `${cpus().length} cores of ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`;

/**
 * Writes `results/NAME.json` and `results/NAME.md`, rewrites benchmarks/README.md from all of the latter, and prints
 * the table. Earlier results of another machine move to `results/other-machines`.
 */
export function writeResults({ figures, notes, ...benchmark }: Benchmark): void {
  const plain = figures.map(({ goal, ...figure }) => figure);
  writePage({ ...benchmark, data: plain, table: figureTable(figures), notes });
}

/** Results of any kind: the JSON to store, and a markdown table. */
export interface ResultsPage extends Omit<Benchmark, 'figures'> {
  readonly data: unknown;
  readonly table: string;
}

/** Writes results like `writeResults`. */
export function writePage(page: ResultsPage): void {
  const { name, data, table } = page;
  setAside(name);
  writeFileSync(`${results}/${name}.json`, `${JSON.stringify(data, null, 2)}\n`);
  writeFileSync(`${results}/${name}.md`, section(page));
  writeFileSync(`${folder}README.md`, readme());
  console.log(`\n${table}`);
}

/** The stored results of this machine's last run; empty if another machine's results came later. */
export function earlierResults<Row>(name: string): readonly Row[] {
  return machineOf(name) === machine ? JSON.parse(readFileSync(`${results}/${name}.json`, 'utf8')) : [];
}

/** The machine of the results in `results/NAME.md`. */
function machineOf(name: string): string | undefined {
  if (!existsSync(`${results}/${name}.md`)) return undefined;
  return /, commit \w+\. (.+?); /.exec(readFileSync(`${results}/${name}.md`, 'utf8'))?.[1];
}

/** Moves the last results aside if they are of another machine, and removes older ones of this machine from there. */
function setAside(name: string): void {
  const last = machineOf(name);
  const fileOf = (of: string) => `${others}/${name}-${of.replace(/\W+/g, '-')}.md`;
  rmSync(fileOf(machine), { force: true });
  if (last === undefined || last === machine) return;
  mkdirSync(others, { recursive: true });
  writeFileSync(fileOf(last), `#${readFileSync(`${results}/${name}.md`, 'utf8')}`); // the heading gets one level deeper
}

function section({ name, title, versions, table, notes }: ResultsPage): string {
  const software = Object.entries({ node: process.version, ...versions }).map(
    ([of, version]) => `${of} ${version}`,
  );
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: folder }).toString().trim();
  const head = [
    `## ${title}`,
    '',
    `\`npx pnpm bench ${name}\`, ${new Date().toISOString().slice(0, 10)}, commit ${commit}. ${machine}; ${software.join(', ')}.`,
  ];
  return `${[...head, '', table, ...(notes === undefined ? [] : ['', notes.trim()])].join('\n')}\n`;
}

function figureTable(figures: readonly Figure[]): string {
  const peers = [...new Set(figures.flatMap((figure) => Object.keys(figure.peers)))];
  const rows = figures.map((figure) => [
    figure.name,
    figure.unit,
    shown(figure.ours),
    ...peers.map((peer) => shown(figure.peers[peer])),
    shown(figure.ratio),
    shown(figure.goal),
  ]);
  return table([['what', 'unit', 'ours', ...peers, 'ratio', 'goal'], ...rows]);
}

/** Rows as a table of markdown; the first is its head. */
export function table(all: readonly (readonly string[])[]): string {
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = all.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  return lines.join('\n');
}

function shown(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return '–';
  return value >= 1000 ? Math.round(value).toString() : String(Number(value.toPrecision(3)));
}

function readme(): string {
  const sections = [...sectionsOf(results)];
  if (existsSync(others)) sections.push('## On other machines\n', ...sectionsOf(others));
  const intro =
    'Ours beside its peers, measured in turns in one run on one machine. The scripts write this page: `npx pnpm bench graph | metrics | data | quality`. ' +
    'ratio = the first peer over ours, so above 1 we are faster, or smaller. Machines are noisy: only ratios of one run compare.';
  return `# Benchmarks\n\n${intro}\n\n${sections.join('\n')}`;
}

function sectionsOf(of: string): string[] {
  const files = readdirSync(of).filter((file) => file.endsWith('.md'));
  return files.sort().map((file) => readFileSync(`${of}/${file}`, 'utf8'));
}

import { arch, platform } from 'node:os';
import type { Row } from './try-environment';

const COLUMNS = [
  ...['environment', 'installs', 'builds', 'trains', 'predicts', 'in a worker'],
  ...['backend', 'threads', 'seconds'],
];

/**
 * The page docs/environments.md: a table of the steps that each environment reached.
 *
 * @param names the names of all environments, in their order
 * @param rows the rows of the environments that were tried
 * @param before the earlier page, whose other rows stay
 */
export function environmentsPage(names: readonly string[], rows: readonly Row[], before = ''): string {
  const lines = new Map(before.split('\n').map((line) => [line.split('|')[1]?.trim(), line]));
  for (const row of rows) lines.set(row.name, lineOf(cellsOf(row)));
  const body = names.flatMap((name) => lines.get(name) ?? []);
  return `# Environments

\`npx pnpm environments\` writes this page, last on ${platform()} ${arch()} with Node ${process.versions.node}. Each row is a
folder of its own, in which the packed packages are installed by name from a registry on this
machine. The program is the same in all: it trains a small classifier on 300 pictures, wasm before
cpu, and predicts with it. Pages then train MobileNetV3 in a worker, too. In rows of \`thaw\` the
command line trains EfficientNet-Lite0 on 60 drawn images and predicts them. "threads" are those
that decoded pictures; a browser has its own. A row without seconds is of an earlier day.
"seconds" are from the empty folder to the prediction, on a machine that others may use, too.

${[lineOf(COLUMNS), `|${' --- |'.repeat(COLUMNS.length)}`, ...body].join('\n')}
`;
}

function cellsOf({
  name,
  installs,
  builds,
  trains,
  predicts,
  inWorker,
  backend = '',
  threads,
  seconds,
}: Row): string[] {
  return [
    name,
    sign(installs),
    builds === undefined ? '' : sign(builds),
    sign(trains),
    sign(predicts),
    inWorker === undefined ? '' : sign(inWorker),
    backend,
    threads === undefined ? '' : String(threads),
    seconds.toFixed(0),
  ];
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function sign(reached: boolean | undefined): string {
  return reached ? 'yes' : 'no';
}

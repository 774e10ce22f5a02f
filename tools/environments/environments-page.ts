import { arch, platform } from 'node:os';
import type { Row } from './try-environment';

/** docs/environments.md: the table of what each environment reached. */
export function environmentsPage(rows: readonly Row[]): string {
  const cells = rows.map(
    ({ name, installs, builds, trains, predicts, inWorker, backend = '', threads, seconds }) => [
      name,
      sign(installs),
      builds === undefined ? '' : sign(builds),
      sign(trains),
      sign(predicts),
      inWorker === undefined ? '' : sign(inWorker),
      backend,
      threads === undefined ? '' : String(threads),
      seconds.toFixed(0),
    ],
  );
  const table = [
    [
      'environment',
      'installs',
      'builds',
      'trains',
      'predicts',
      'in a worker',
      'backend',
      'threads',
      'seconds',
    ],
    ...cells,
  ];
  const [head, ...body] = table.map((row) => `| ${row.join(' | ')} |`);
  return `# Environments

\`npx pnpm environments\` writes this page, last on ${platform()} ${arch()} with Node ${process.versions.node}. Each row is a
folder of its own, in which the packed packages are installed by name from a registry on this
machine. The program is the same in all: it trains a small classifier on 300 pictures, wasm before
cpu, and predicts with it. Pages then train MobileNetV3 in a worker, too. In rows of \`thaw\` the command line trains EfficientNet-Lite0 on 60 drawn
images and predicts them. "threads" are those that decoded pictures; a browser has its own.
"seconds" are from the empty folder to the prediction, on a machine that others may use, too.

${[head, `|${' --- |'.repeat(table[0].length)}`, ...body].join('\n')}
`;
}

function sign(reached: boolean | undefined): string {
  return reached ? 'yes' : 'no';
}

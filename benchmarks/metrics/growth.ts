import { makeData } from './make-data';
import type { Measure } from './measures';
import { type Side, startOurs } from './start-side';

const ROWS = [1e4, 1e5, 1e6, 1e7];
const COLUMNS = 4;

/** Our time per score, from 10⁴ to 10⁷ rows of four columns, as a markdown table. */
export async function growth(folder: string, measures: readonly Measure[]): Promise<string> {
  const columns: string[][] = [];
  for (const rows of ROWS) {
    const side = startOurs(makeData(folder, rows, COLUMNS));
    const column: string[] = [];
    for (const { name } of measures) column.push(await nanosecondsEach(side, name, rows * COLUMNS));
    columns.push(column);
    await side.stop();
    console.log(`growth: ${rows} rows`);
  }
  const cells = [
    ['rows', ...ROWS.map((rows) => rows.toLocaleString('en-US'))],
    ...measures.map(({ name }, at) => [name, ...columns.map((column) => column[at])]),
  ];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const lines = cells.map((row) => `| ${row.map((cell, at) => cell.padEnd(widths[at])).join(' | ')} |`);
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  const title = `How our cost grows, in ns a score (${COLUMNS} columns, the fastest of 3 to 100 calls):`;
  return [title, '', ...lines].join('\n');
}

async function nanosecondsEach(side: Side, name: string, scores: number): Promise<string> {
  const times: number[] = [];
  const rounds = Math.min(100, Math.max(3, 4e6 / scores)); // the first calls on a small input include compilation
  for (let round = 0; round < rounds; round++) times.push((await side.ask(name)).ms);
  return ((Math.min(...times) * 1e6) / scores).toFixed(1);
}

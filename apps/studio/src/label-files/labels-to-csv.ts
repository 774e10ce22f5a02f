import { guardedCell } from './formula-cells';
import type { LabelTable } from './label-table';

/**
 * A CSV with one row per image and one column per label: 1, 0, or empty if undecided. `openCsv` of Thaw reads it. A name that
 * a spreadsheet would run as a formula gets an apostrophe in front, which reading takes away.
 */
export function labelsToCsv({ labels, rows }: LabelTable): string {
  const taken = new Set(labels.map((label) => label.toLowerCase()));
  const column = ['image', 'file', 'image file name'].find((name) => !taken.has(name)) ?? 'image';
  const lines = [
    [column, ...labels.map(guardedCell)],
    ...rows.map(({ image, values }) => [guardedCell(image), ...values.map((value) => value ?? '')]),
  ];
  return `${lines.map((cells) => cells.map((cell) => quoted(String(cell))).join(',')).join('\r\n')}\r\n`;
}

function quoted(cell: string): string {
  return /[",;|\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

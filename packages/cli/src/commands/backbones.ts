import { Command } from 'commander';
import type { Terminal } from '../terminal/terminal';
import { jsonOption } from './run-options';

/** `thaw backbones`: lists the pretrained networks. */
export function backbonesCommand(terminal: Terminal): Command {
  return new Command('backbones')
    .summary('list the pretrained networks')
    .description(
      'Lists the pretrained networks: number of weights, arithmetic per image, published accuracy on ImageNet, input ' +
        'size and licence. Their names are what --backbone takes.',
    )
    .addOption(jsonOption())
    .action(async ({ json }: { readonly json?: boolean }) => {
      const { backbones } = await import('@thawjs/core');
      if (json) return terminal.print(JSON.stringify(backbones()));
      const rows = backbones().map(({ name, parameters, gflop, top1, inputSize, licence }) => [
        name,
        `${(parameters / 1e6).toFixed(1)} M`,
        `${gflop.toFixed(2)}`,
        top1 === undefined ? '' : `${top1.toFixed(1)}`,
        inputSize.join('×'),
        licence,
      ]);
      terminal.print(columns([['name', 'weights', 'GFLOP', 'top-1 %', 'input', 'licence'], ...rows]));
    });
}

/** Aligns rows of texts in columns. */
function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

// The cost of many images, computed from the measured rows of benchmarks/results. Every benchmark ends with
// `tsx benchmarks/past-one-machine.ts`, which rewrites the tables of docs/guides/past-one-machine.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { thawEpochsOf } from '../packages/core/src/training/recipe/by-size';

/** Assumptions, which aren't measured here. */
const ASSUMED = {
  /** A JPEG of about 500 × 400 pixels. */
  jpegBytes: 60e3,
  labels: 40,
  /** The cores of the machine that was measured. */
  cores: 2,
  /** The number of ResNet50's trainable parameters, and the size of its features. */
  parameters: 23.5e6,
  features: 2048,
  /** Images per step and machine. */
  batch: 32,
};

const SIZES = [1e6, 10e6, 100e6];

interface Row {
  readonly name: string;
  readonly ours: number;
}

/** The tables, in markdown, by name. */
export function costTables(
  results = join(import.meta.dirname, 'results'),
): Record<'score' | 'train', string> {
  const read = (file: string) => JSON.parse(readFileSync(join(results, `${file}.json`), 'utf8')) as Row[];
  const [graph, data] = [read('graph'), read('data')];
  const measured = (rows: readonly Row[], name: string) => {
    const row = rows.find((one) => one.name === name);
    if (!row) throw new Error(`past-one-machine: expected the row "${name}" in ${results}; it has none.`);
    return row.ours;
  };
  const resized = measured(data, 'JPEG to batch, resized alone');
  const augmented = measured(data, 'JPEG to batch, augmented');
  const forward = {
    'EfficientNet-Lite0': measured(graph, 'efficientnet_lite0-forward-32'),
    ResNet50: measured(graph, 'forward-32'),
    'ResNet50, bfloat16': measured(graph, 'forward-32-bf16'),
  };
  const step = {
    'EfficientNet-Lite0': measured(graph, 'efficientnet_lite0-step-16'),
    ResNet50: measured(graph, 'fine-tune-step-32'),
    'ResNet50, bfloat16': measured(graph, 'fine-tune-step-16-bf16'),
  };
  const { cores, jpegBytes, labels, features, parameters, batch } = ASSUMED;
  const score = SIZES.flatMap((images) =>
    Object.entries(forward).map(([network, ms]) => {
      const coreHours = (images * (ms + resized) * cores) / 3.6e6;
      return [
        count(images),
        network,
        short(coreHours),
        short(Math.ceil(coreHours / 10)),
        bytes(images * jpegBytes),
        `${short((images * jpegBytes * 8) / 36_000 / 1e9)} Gbit/s`,
        bytes(images * labels * 4),
      ];
    }),
  );
  const train = SIZES.flatMap((images) => {
    const epochs = thawEpochsOf(images);
    return Object.entries(step).map(([network, ms]) => {
      const ofHead = forward[network as keyof typeof forward] + augmented;
      const coreHours = (images * (epochs * (ms + augmented) + ofHead) * cores) / 3.6e6;
      const isResnet = network.startsWith('ResNet50');
      return [
        count(images),
        network,
        String(epochs),
        short(coreHours),
        bytes(images * jpegBytes * (epochs + 1)),
        isResnet ? bytes(images * features * 4) : bytes(images * 1280 * 4),
        isResnet ? `${short((2 * parameters * 4 * 8) / ((ms * batch) / 1000) / 1e9)} Gbit/s` : '–',
      ];
    });
  });
  return {
    score: table(
      ['images', 'network', 'core hours', 'cores for 10 hours', 'read', 'in 10 hours', 'scores'],
      score,
    ),
    train: table(['images', 'network', 'epochs', 'core hours', 'read', 'kept features', 'gradients'], train),
  };
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function count(images: number): string {
  return `${images / 1e6} million`;
}

/** Two significant digits. */
function short(value: number): string {
  return Number(value.toPrecision(2)).toLocaleString('en-US');
}

function bytes(value: number): string {
  return value < 1e12 ? `${short(value / 1e9)} GB` : `${short(value / 1e12)} TB`;
}

/** The guide with its two tables rewritten. */
export function withCosts(guide: string, { score, train } = costTables()): string {
  const tables = [score, train];
  return guide.replaceAll(/(?:^\| .*\n){3,}/gm, () => `${tables.shift()}\n`);
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const path = join(import.meta.dirname, '../docs/guides/past-one-machine.md');
  writeFileSync(path, withCosts(readFileSync(path, 'utf8')));
}

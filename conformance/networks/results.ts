import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Figures of one network, by the column of the table in docs/networks.md. */
export type NetworkResults = Readonly<Record<string, number>>;

const file = new URL('results.json', import.meta.url);

/** The measured figures, by network. */
export function results(): Readonly<Record<string, NetworkResults>> {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/** Stores figures of a network; they replace earlier ones of the same columns. */
export function addResults(network: string, measured: NetworkResults): void {
  const before = results();
  const shortened = Object.entries(measured).map(([key, value]) => [key, Number(value.toPrecision(2))]);
  const all = { ...before, [network]: { ...before[network], ...Object.fromEntries(shortened) } };
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(sorted, undefined, 2)}\n`);
}

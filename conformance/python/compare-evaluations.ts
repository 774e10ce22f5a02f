// Compares two files of `thaw evaluate --json`, number by number.
//
//   node_modules/.bin/tsx conformance/python/compare-evaluations.ts A B
import { readFile } from 'node:fs/promises';
import process, { argv } from 'node:process';

const [a, b] = await Promise.all(
  argv.slice(2, 4).map(async (file) => JSON.parse(await readFile(file, 'utf8')) as unknown),
);
let numbers = 0;
let furthest = 0;

function compare(x: unknown, y: unknown, place: string): void {
  if (typeof x === 'number' && typeof y === 'number') {
    numbers += 1;
    furthest = Math.max(furthest, Math.abs(x - y));
  } else if (typeof x === 'object' && typeof y === 'object' && x !== null && y !== null) {
    for (const key of new Set([...Object.keys(x), ...Object.keys(y)])) {
      compare(x[key as keyof typeof x], y[key as keyof typeof y], `${place}.${key}`);
    }
  } else if (x !== y) throw new Error(`${place}: ${x} and ${y}`);
}
compare(a, b, '');
const ok = numbers > 0 && furthest <= 1e-6;
if (!ok) process.exitCode = 1;
console.log(
  `thaw evaluate --from and thaw evaluate: ${numbers} numbers, the furthest ${furthest.toExponential(2)} (at most 1e-6)`,
);

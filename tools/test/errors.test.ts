import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorClasses } from '../errors/error-classes';
import { exportedSymbols } from '../packages/exported-symbols';

const root = join(import.meta.dirname, '../..');
const classes = errorClasses(root);
const own = classes.filter(({ isThawError }) => isThawError);

/** Errors that one file of a package throws and another catches, before a user could see them. */
const SIGNALS = [
  'Interruption',
  'NoScratchFolderError',
  'NotAProgramError',
  'NotFiniteError',
  'NotFiniteStepError',
];

const packageName = (folder: string) => (folder === 'cli' ? 'thaw' : `@thawjs/${folder}`);

const rows = readFileSync(join(root, 'docs/errors.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `ERR_'))
  .map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim().replaceAll('`', ''))
      .slice(1, -1),
  );

test('every error class of every package is a ThawError, but for signals that stay within their package', () => {
  const names = new Set(own.map(({ name }) => name));
  const others = classes.filter(({ isThawError, base }) => !isThawError && !names.has(base));
  expect(others.map(({ name }) => name).sort()).toEqual(SIGNALS);
});

test('every package exports ThawError, and each of its error classes but the signals', () => {
  const symbols = exportedSymbols(root);
  const exported = (name: string) => [...(symbols.get(name)?.keys() ?? [])];
  const packages = [...new Set(classes.map(({ folder }) => packageName(folder)))];
  expect(exported('ThawError').sort()).toEqual(packages.sort());
  const hidden = own.filter(({ name, folder }) => !exported(name).includes(packageName(folder)));
  expect(hidden.map(({ name }) => name)).toEqual([]);
  expect(SIGNALS.filter((name) => symbols.has(name))).toEqual([]);
});

test('every error class has a code, and no two classes share one', () => {
  expect(own.filter(({ codes }) => codes.length === 0).map(({ name }) => name)).toEqual([]);
  const codes = own.flatMap((one) => one.codes);
  expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
});

test('every error class gives itself the name that it has in the sources, which minifiers change', () => {
  const nameless = own.filter(
    ({ name, file }) => !readFileSync(file, 'utf8').includes(`override readonly name = '${name}';`),
  );
  expect(nameless.map(({ name }) => name)).toEqual([]);
});

test('docs/errors.md lists exactly the codes of all packages, in order, each with its meaning and a remedy', () => {
  const expected = own
    .flatMap(({ name, folder, codes }) => codes.map((code) => [code, name, folder]))
    .sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  expect(rows.map((row) => row.slice(0, 3))).toEqual(expected);
  expect(rows.filter((row) => row.length !== 5 || row.some((cell) => cell === ''))).toEqual([]);
});

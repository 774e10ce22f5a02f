import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportedSymbols } from '../packages/exported-symbols';

test('no two packages export different things under one name', () => {
  const symbols = [...exportedSymbols(join(import.meta.dirname, '../..'))];
  expect(symbols.length).toBeGreaterThan(200);
  const shared = symbols.filter(([, byPackage]) => new Set(byPackage.values()).size > 1);
  expect(shared.map(([name, byPackage]) => `${name}: ${[...byPackage.keys()].join(', ')}`)).toEqual([]);
});

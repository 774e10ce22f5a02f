import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { shellPath } from '../src/terminal/shell-path';

it.each([
  [resolve('runs/1'), 'runs/1'],
  [resolve('runs/zwei Läufe'), "'runs/zwei Läufe'"],
  [resolve("runs/anna's"), "'runs/anna'\\''s'"],
  [resolve('runs/$HOME'), "'runs/$HOME'"],
  [resolve('..', 'elsewhere'), resolve('..', 'elsewhere')],
  [process.cwd(), process.cwd()],
  [resolve('Läufe/1'), join('Läufe', '1')],
])('the path %s is pasted as %s', (path, text) => {
  expect(shellPath(path)).toBe(text);
});

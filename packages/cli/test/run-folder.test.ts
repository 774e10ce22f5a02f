import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { thaw } from './thaw';
import { drawImages, saveTinyModel } from './tiny-run';

let folder: string;
let run: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-run-'));
  run = join(folder, 'run');
  await drawImages(folder, 24);
  const small = ['--backbone', 'mobilenet_v3_small', '--weights', 'none', '--size', '32', '--backend', 'cpu'];
  const once = ['--head-epochs', '1', '--thaw-epochs', '0', '--no-report', '--out', run];
  const trained = await thaw('train', folder, ...small, ...once);
  expect(trained.code, trained.stderr).toBe(0);
  await saveTinyModel(run);
});
afterAll(() => rm(folder, { recursive: true }));

const report = () => thaw('report', run, '--backend', 'cpu', '--out', join(folder, 'report.html'));

describe('a run folder that was changed', () => {
  it('is reported on as long as it is whole', async () => {
    expect(await report()).toMatchObject({ code: 0 });
  });

  it.each<[string, string, (text: string) => string, RegExp]>([
    ['a cut command', 'command.json', (text) => text.slice(0, 90), /thaw-command 1 in .*; it is damaged/],
    ['an empty history', 'history.json', () => '', /thaw-history 1 in .*; it is damaged/],
    ['a recipe that is null', 'recipe.json', () => 'null', /of thaw-recipe 1; received undefined/],
    [
      'a recipe of a later version',
      'recipe.json',
      (text) => text.replace('"version": 1', '"version": 2'),
      /received thaw-recipe 2. Was it written by another version/,
    ],
    ['data that is no path', 'command.json', edited('data', [3]), /received data \[3\]/],
    ['flags that are none', 'command.json', edited('flags', null), /received flags null/],
    [
      'a flag of another type',
      'command.json',
      (text) => text.replace(/"backend": ".*"/, '"backend": 3'),
      /received flag backend of 3/,
    ],
    [
      'a flag that there is not',
      'command.json',
      (text) => text.replace('"seed"', '"__proto__": {}, "seed"'),
      /received flag __proto__/,
    ],
    ['rows that are none', 'history.json', edited('rows', [7]), /history rows of a phase, an epoch/],
    ['versions that are none', 'history.json', edited('versions', [1]), /versions that are texts by name/],
  ])('%s is refused in a sentence', async (_, name, change, message) => {
    const path = join(run, name);
    const whole = await readFile(path, 'utf8');
    await writeFile(path, change(whole));
    try {
      const { code, stderr } = await report();
      expect(stderr).toMatch(message);
      expect(code).toBe(1);
    } finally {
      await writeFile(path, whole);
    }
  });

  it.each(['history.json', 'recipe.json', 'command.json'])(
    'with a pipe as its %s is refused',
    async (name) => {
      const path = join(run, name);
      const whole = await readFile(path, 'utf8');
      await rm(path);
      execFileSync('mkfifo', [path]);
      try {
        expect(await report()).toMatchObject({ code: 1, stderr: expect.stringMatching(/it is damaged/) });
      } finally {
        await rm(path);
        await writeFile(path, whole);
      }
    },
  );
});

function edited(key: string, value: unknown): (text: string) => string {
  return (text) => JSON.stringify({ ...JSON.parse(text), [key]: value });
}

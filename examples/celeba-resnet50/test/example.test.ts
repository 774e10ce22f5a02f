import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { useBestBackend } from '@thawjs/backends';
import { load } from '@thawjs/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { writeSyntheticFaces } from '../src/synthetic-faces';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));

/** The example as a user starts it, in a process of its own. */
async function example(...options: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const command = ['--import', 'tsx', 'src/main.ts', ...options];
  try {
    return { code: 0, ...(await run(process.execPath, command, { cwd: root })) };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}

/** A run's folder, but for its model. */
const RUN = [
  ...['checkpoint', 'command.json', 'distribution.png', 'evaluation.json', 'history.csv', 'history.json'],
  ...['history.png', 'predictions.png', 'recipe.json', 'report.html', 'scores.csv', 'split.csv'],
];

const json = async (run: string, name: string) => JSON.parse(await readFile(join(run, name), 'utf8'));

let folder: string;
let out: string;
let result: Awaited<ReturnType<typeof example>>;

beforeAll(async () => {
  await useBestBackend({ prefer: ['cpu'], log: () => {} });
  folder = await mkdtemp(join(tmpdir(), 'thaw-example-'));
  out = join(folder, 'out');
  await writeSyntheticFaces(join(folder, 'faces'), { count: 80 });
  const small = ['--backbone', 'face', '--size', '103', '--epochs', '2,1', '--limit', '60'];
  result = await example('--data', join(folder, 'faces'), ...small, '--out', out);
});

describe('a small run', () => {
  test('ends well, shows how it goes and where the report is', () => {
    expect(result.stderr).toBe('');
    expect(result.code).toBe(0);
    expect(result.stdout).toMatch(/^backend: /m);
    expect(result.stdout).toMatch(/^head 2\/2 .* val_auc/m);
    expect(result.stdout).toMatch(/^thaw 1\/1 .* val_auc/m);
    expect(result.stdout).toContain(`report: ${join(out, 'report.html')}`);
  });

  test('writes every file that it promises', async () => {
    expect((await readdir(out)).sort()).toEqual([...RUN, 'model'].sort());
  });

  test('its history has the seed’s columns, the phase and a row an epoch', async () => {
    const [header, ...rows] = (await readFile(join(out, 'history.csv'), 'utf8')).trim().split('\n');
    const columns = header.split(',');
    const numbers = ['loss', 'auc', 'precision', 'recall'];
    expect(columns).toEqual(expect.arrayContaining(numbers.flatMap((name) => [name, `val_${name}`])));
    const cell = (row: string, name: string) => row.split(',')[columns.indexOf(name)];
    expect(rows.map((row) => [cell(row, 'phase'), cell(row, 'epoch')])).toEqual([
      ['head', '0'],
      ['head', '1'],
      ['thaw', '2'],
    ]);
  });

  test('its numbers tell every class, the seconds of each phase and the backend', async () => {
    const numbers = await json(out, 'evaluation.json');
    expect(numbers.perClass.length).toBe(39);
    expect(numbers.undefinedClasses.auc).toContain('Oval_Face');
    const { seconds, versions } = await json(out, 'history.json');
    expect(Object.keys(seconds)).toEqual(['head', 'thaw']);
    expect(versions.backend).toMatch(/tensorflow|wasm|cpu/);
  });

  test('its log tells the test AUC after each phase, and the report has it', async () => {
    const html = await readFile(join(out, 'report.html'), 'utf8');
    for (const name of ['head', 'thaw']) {
      const [, auc] = new RegExp(`^test macro AUC after the ${name} phase: (\\d\\.\\d{4})$`, 'm').exec(
        result.stdout,
      )!;
      expect(html).toContain(auc);
    }
  });

  test('its predictions have an id, and truth, prediction and probability of each class', async () => {
    const [header, first] = (await readFile(join(out, 'scores.csv'), 'utf8')).split('\n');
    expect(header.split(',').slice(0, 4)).toEqual([
      'id',
      '5_o_Clock_Shadow_true',
      '5_o_Clock_Shadow_predicted',
      '5_o_Clock_Shadow_probability',
    ]);
    expect(first.split(',').length).toBe(1 + 3 * 39);
  });

  test('its report is one file that asks the network for nothing', async () => {
    const html = await readFile(join(out, 'report.html'), 'utf8');
    for (const heading of [
      'At a glance',
      'The five worst classes',
      'Training history',
      'Test metrics by class',
      'Class by class',
      'The worst mistakes',
      'Test images',
      'Class distribution',
      'The run',
    ]) {
      expect(html).toContain(`>${heading}</h2>`);
    }
    expect(html).not.toMatch(/(src|href)="(?!data:|#)/);
  });

  test('the commands read its folder: `thaw evaluate` gives the same numbers', async () => {
    const main = fileURLToPath(new URL('../../../packages/cli/src/main.ts', import.meta.url));
    const command = ['--import', 'tsx', main, 'evaluate', '--model', out, '--json'];
    const { stdout } = await run(process.execPath, command, { cwd: root });
    expect(JSON.parse(stdout).macro.auc).toBeCloseTo((await json(out, 'evaluation.json')).macro.auc, 6);
  });
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  '%s, passed on twice, ends it after the batch under way, writes what is there, and --resume goes on',
  async (signal, exitCode) => {
    const results = join(folder, signal);
    const small = ['--backbone', 'face', '--size', '103', '--epochs', '2,4', '--limit', '60'];
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'src/main.ts', '--data', join(folder, 'faces'), ...small, '--out', results],
      { cwd: root },
    );
    let stdout = '';
    child.stdout.on('data', (chunk) => {
      const before = stdout;
      stdout += chunk;
      if (!before.includes('thaw 1/4') && stdout.includes('thaw 1/4')) {
        child.kill(signal);
        setTimeout(() => child.kill(signal), 50);
      }
    });
    const [code] = await once(child, 'exit');
    expect(stdout).toContain('Ending after this step, then writing what is there.');
    expect(code).toBe(exitCode);
    expect((await json(results, 'history.json')).interrupted).toBe(true);
    expect(await readdir(results)).toEqual(
      expect.arrayContaining(['checkpoint', 'report.html', 'history.png']),
    );
    expect(await readdir(results)).not.toContain('model');
    const gone = await example('--data', join(folder, 'faces'), ...small, '--out', results, '--resume');
    expect(gone.code, gone.stderr).toBe(0);
    const { finished, rows } = await json(results, 'history.json');
    expect([finished, rows.length]).toEqual([true, 6]);
    expect((await load(join(results, 'model'))).labels.length).toBe(39);
  },
);

/** Files of more than 8 MB fail with EFBIG, as writes do on a full disk. */
test.skipIf(process.platform === 'win32')(
  'on a disk without room for the model it trains on, writes all the rest, and says what is missing',
  async () => {
    const results = join(folder, 'full');
    const small = ['--backbone', 'face', '--size', '103', '--epochs', '2,0', '--limit', '60'];
    const command = [
      process.execPath,
      '--import',
      'tsx',
      'src/main.ts',
      '--data',
      join(folder, 'faces'),
      ...small,
    ];
    const limited = ['-c', 'ulimit -f 8000; exec "$@"', 'bash', ...command, '--out', results];
    const { code, stdout, stderr } = await run('bash', limited, { cwd: root }).then(
      (ended) => ({ code: 0, ...ended }),
      (error) => error as { code: number; stdout: string; stderr: string },
    );
    expect(stdout).toMatch(/no checkpoint of epoch 0, training goes on: .*EFBIG/);
    expect(stdout).toMatch(/^head 2\/2 .* val_auc/m);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^ResultsError: expected 7 results; 1 failed:\n {2}model: .*EFBIG/);
    expect((await readdir(results)).sort()).toEqual([...RUN, 'model'].sort());
    expect(await readdir(join(results, 'model'))).toEqual([]);
  },
);

describe('what can’t work ends with one clear error', () => {
  test.each<[string, () => Promise<string[]>, RegExp]>([
    [
      'a download page saved as the zip',
      async () => {
        const file = join(folder, 'img_align_celeba.zip');
        await writeFile(file, '<!DOCTYPE html><html><title>Quota exceeded</title></html>');
        return ['--data', file];
      },
      /^DownloadPageError: /,
    ],
    [
      'a folder for results that can’t be written, before anything else',
      async () => {
        const file = join(folder, 'taken');
        await writeFile(file, 'mine');
        return ['--out', file, '--data', join(folder, 'nowhere')];
      },
      /^OutputError: expected to write .*taken; ENOTDIR/,
    ],
    ['a folder that is not there', async () => ['--data', join(folder, 'nowhere')], /^CelebANotFoundError: /],
    [
      'a truncated .h5',
      async () => {
        const file = join(folder, 'cut.h5');
        await writeFile(file, Buffer.from([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]));
        return ['--backbone', 'resnet50', '--weights', file];
      },
      /^WeightsFileError: /,
    ],
    [
      'a backbone that there is not',
      async () => ['--backbone', 'resnet51', '--data', join(folder, 'faces')],
      /^OptionError: .*resnet51/,
    ],
    ['an unknown option', async () => ['--epoch', '3'], /^error: unknown option '--epoch'/],
    ['a size that is none', async () => ['--size', 'big'], /expected pixels such as 224/],
  ])('%s', async (_, options, message) => {
    const { code, stderr } = await example(...(await options()));
    expect(code).toBe(stderr.startsWith('error: ') ? 2 : 1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

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
    expect((await readdir(out)).sort()).toEqual([
      'distribution.png',
      'history.csv',
      'history.png',
      'metrics.json',
      'model',
      'predictions.csv',
      'predictions.png',
      'report.html',
    ]);
  });

  test('its history has the seed’s columns, the phase and a row an epoch', async () => {
    const [header, ...rows] = (await readFile(join(out, 'history.csv'), 'utf8')).trim().split('\n');
    expect(header).toMatch(
      /^auc,loss,precision,recall,val_auc,val_loss,val_precision,val_recall,phase,epoch/,
    );
    expect(rows.map((row) => row.split(',').slice(8, 10))).toEqual([
      ['head', '0'],
      ['head', '1'],
      ['thaw', '2'],
    ]);
  });

  test('its numbers tell the test AUC after each phase, every class, the seconds and the backend', async () => {
    const numbers = JSON.parse(await readFile(join(out, 'metrics.json'), 'utf8'));
    expect(Object.keys(numbers.test.macroAuc)).toEqual(['head', 'fineTune']);
    expect(numbers.test.perClass.length).toBe(39);
    expect(Object.keys(numbers.seconds)).toEqual(['opening', 'head', 'thaw', 'total']);
    expect(numbers.facts.Backend).toMatch(/native|wasm|cpu/);
    expect(numbers.undefinedClasses.auc).toContain('Oval_Face');
  });

  test('its predictions have an id, and truth, prediction and probability of each class', async () => {
    const [header, first] = (await readFile(join(out, 'predictions.csv'), 'utf8')).split('\n');
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
      'Test faces',
      'Class distribution',
      'The run',
    ]) {
      expect(html).toContain(`>${heading}</h2>`);
    }
    expect(html).not.toMatch(/(src|href)="(?!data:|#)/);
  });
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s, passed on twice, ends it after the batch under way and writes what is there',
  async (signal) => {
    const results = join(folder, signal);
    const small = ['--backbone', 'face', '--size', '103', '--epochs', '2,500', '--limit', '60'];
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'src/main.ts', '--data', join(folder, 'faces'), ...small, '--out', results],
      { cwd: root },
    );
    let stdout = '';
    child.stdout.on('data', (chunk) => {
      const before = stdout;
      stdout += chunk;
      if (!before.includes('thaw 1/500') && stdout.includes('thaw 1/500')) {
        child.kill(signal);
        setTimeout(() => child.kill(signal), 50);
      }
    });
    const [code] = await once(child, 'exit');
    expect(stdout).toContain('Interrupted: ending after this batch');
    expect(code).toBe(0);
    const numbers = JSON.parse(await readFile(join(results, 'metrics.json'), 'utf8'));
    expect(numbers.interrupted).toBe(true);
    expect(await readdir(results)).toContain('report.html');
    expect(await readdir(results)).not.toContain('checkpoint');
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
    expect(stderr).toMatch(/^ResultsError: expected 8 results; 1 failed:\n {2}model: .*EFBIG/);
    expect(stderr).not.toContain('The best model');
    expect((await readdir(results)).sort()).toEqual([
      'checkpoint',
      'distribution.png',
      'history.csv',
      'history.png',
      'metrics.json',
      'model',
      'predictions.csv',
      'predictions.png',
      'report.html',
    ]);
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
      /^OutputError: expected to write .*taken; EEXIST/,
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
    ['an unknown option', async () => ['--epoch', '3'], /^error: unknown option '--epoch'/],
    ['a size that is none', async () => ['--size', 'big'], /expected pixels such as 224/],
  ])('%s', async (_, options, message) => {
    const { code, stderr } = await example(...(await options()));
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

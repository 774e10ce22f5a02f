import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useBestBackend } from '@thawjs/backends';
import { load } from '@thawjs/core';
import type { ImageDataset } from '@thawjs/datasets';
import { nodeFiles } from '@thawjs/files/node-modules';
import { writerName } from '@thawjs/files/writer-name';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TrainFlags } from '../src/commands/train';
import { openData } from '../src/data/open-data';
import { runThaw } from '../src/run-thaw';
import { trainRun } from '../src/runs/train-run';
import { EXIT } from '../src/terminal/exit-code';
import { Interruption } from '../src/terminal/interrupt-signal';
import { type Ended, silentTerminal, thaw } from './thaw';
import { drawImages, saveTinyModel } from './tiny-run';

let folder: string;
let run: string;
let trained: Ended;
const SMALL = ['--backbone', 'mobilenet_v3_small', '--weights', 'none', '--size', '32', '--backend', 'cpu'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-train-'));
  await drawImages(folder, 60);
  run = join(folder, 'run');
  trained = await thaw(
    'train',
    folder,
    ...SMALL,
    '--head-epochs',
    '3',
    '--thaw-epochs',
    '0',
    '--seed',
    '1',
    '--out',
    run,
  );
});
afterAll(() => rm(folder, { recursive: true }));

const json = async (name: string) => JSON.parse(await readFile(join(run, name), 'utf8'));
const lines = async (name: string) => (await readFile(join(run, name), 'utf8')).trim().split('\n');

describe('thaw train', () => {
  it('ends well and says where model and report lie', () => {
    expect(trained.code, trained.stderr).toBe(0);
    expect(trained.stdout).toContain(`model: ${join(run, 'model')}`);
    expect(trained.stdout).toContain(`report: ${join(run, 'report.html')}`);
    expect(trained.stderr).toMatch(/\d+ images to train, \d+ to validate, \d+ to test/);
  });

  it('writes one folder with all of the run', async () => {
    expect(new Set(await readdir(run))).toEqual(
      new Set([
        ...['command.json', 'split.csv', 'recipe.json', 'history.json', 'history.csv', 'checkpoint', 'model'],
        ...['evaluation.json', 'scores.csv', 'report.html'],
      ]),
    );
    const command = await json('command.json');
    expect([command.data, command.flags.backbone]).toEqual([[folder], 'mobilenet_v3_small']);
    const parts = (await lines('split.csv')).slice(1).map((line) => line.split(',')[1]);
    expect(parts.length).toBe(60);
    const { phases, labels } = await json('recipe.json');
    expect(labels).toEqual(['Red', 'Bright']);
    expect(phases.map(({ name, epochs }: { name: string; epochs: number }) => [name, epochs])).toEqual([
      ['head', 3],
    ]);
    const evaluation = await json('evaluation.json');
    expect(evaluation.rows).toBe(parts.filter((part) => part === 'test').length);
    expect((await lines('scores.csv')).length).toBe(evaluation.rows + 1);
    expect((await readFile(join(run, 'report.html'), 'utf8')).length).toBeGreaterThan(10_000);
  });

  it('does not touch a run that is there, unless it is told to go on with it', async () => {
    const before = (await stat(join(run, 'model', 'model.json'))).mtimeMs;
    const refused = await thaw('train', folder, ...SMALL, '--out', run);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /^CommandError: expected a folder without a run; .* Go on with it by --resume/,
    );
    expect((await stat(join(run, 'model', 'model.json'))).mtimeMs).toBe(before);
    const resumed = await thaw('train', '--resume', '--out', run);
    expect(resumed.code, resumed.stderr).toBe(0);
    expect((await json('history.json')).rows.length).toBe(3);
    const both = await thaw('train', '--resume', '--overwrite', '--out', run);
    expect(both.stderr).toMatch(/expected one of --resume and --overwrite/);
  });

  it('two commands at a time into one folder: one trains, and the split and command there are its own', async () => {
    const other = join(folder, 'two');
    const once = (seed: string) =>
      thaw(
        'train',
        folder,
        ...SMALL,
        '--thaw-epochs',
        '0',
        '--head-epochs',
        '1',
        '--no-report',
        '--seed',
        seed,
        '--out',
        other,
      );
    const ended = await Promise.all([once('1'), once('2')]);
    const won = ended.findIndex(({ code }) => code === 0);
    expect(ended[1 - won]).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/another run is writing to|expected a folder without a run/),
    });
    const text = (name: string) => readFile(join(other, name), 'utf8');
    expect(JSON.parse(await text('command.json')).flags.seed).toBe(won + 1);
    const tested = (await text('split.csv')).split('\n').filter((line) => line.endsWith(',test'));
    const scored = (await text('scores.csv')).trim().split('\n').slice(1);
    expect(tested.map((line) => line.split(',')[0]).sort()).toEqual(
      scored.map((line) => line.split(',')[0]).sort(),
    );
  });

  it('puts a new run in place of the one that is there with --overwrite; other files stay', async () => {
    const other = join(folder, 'replaced');
    const once = (...flags: string[]) =>
      thaw('train', folder, ...SMALL, '--thaw-epochs', '0', '--no-report', '--out', other, ...flags);
    expect((await once('--head-epochs', '2')).code).toBe(0);
    await writeFile(join(other, 'notes.txt'), 'mine');
    const misspelt = await once('--head-epochs', '1', '--only', 'Blue', '--overwrite');
    expect([misspelt.code, (await readdir(other)).includes('model')]).toEqual([1, true]);
    const again = await once('--head-epochs', '1', '--overwrite', '--pictures');
    expect(again.code, again.stderr).toBe(0);
    expect(JSON.parse(await readFile(join(other, 'history.json'), 'utf8')).rows.length).toBe(1);
    expect(await readdir(other)).toEqual(
      expect.arrayContaining(['notes.txt', 'history.png', 'distribution.png', 'predictions.png']),
    );
  });

  it('removes nothing with --overwrite while another run writes to the folder', async () => {
    const other = join(folder, 'busy');
    await mkdir(join(other, '.thaw-lock'), { recursive: true });
    // Another process: this one's parent is alive.
    const holder = writerName(nodeFiles).replace(/-\d+-/, `-${process.ppid}-`);
    await writeFile(join(other, '.thaw-lock', holder), '');
    const files = ['command.json', 'history.json', 'recipe.json', 'split.csv'];
    for (const name of files) await writeFile(join(other, name), '{}');
    const refused = await thaw('train', folder, ...SMALL, '--overwrite', '--out', other);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/another run is writing to/) });
    expect((await readdir(other)).sort()).toEqual(['.thaw-lock', ...files]);
  });

  it('writes its report again', async () => {
    await rm(join(run, 'report.html'));
    const reported = await thaw('report', run, '--backend', 'cpu');
    expect(reported.code, reported.stderr).toBe(0);
    const html = await readFile(join(run, 'report.html'), 'utf8');
    for (const heading of ['Training history', 'Class distribution', 'Test images'])
      expect(html).toContain(`>${heading}</h2>`);
  });

  it('the run can be evaluated and used by its folder alone', async () => {
    const evaluated = await thaw('evaluate', '--model', run, '--backend', 'cpu', '--json');
    expect(evaluated.code, evaluated.stderr).toBe(0);
    expect(JSON.parse(evaluated.stdout).macro.auc).toBeCloseTo((await json('evaluation.json')).macro.auc, 6);
    const predicted = await thaw(
      'predict',
      join(folder, 'images', '0.png'),
      '--model',
      run,
      '--backend',
      'cpu',
    );
    expect(predicted.stdout).toContain('0.png: ');
  });

  it('is exported', async () => {
    for (const [form, file] of [
      ['onnx', 'model.onnx'],
      ['keras', 'model.keras'],
      ['tfjs', 'tfjs'],
      ['savedmodel', 'savedmodel'],
    ]) {
      const place = join(run, 'export', file);
      const ended = await thaw('export', run, '--to', form);
      expect([ended.stdout, ended.code], ended.stderr).toEqual([place, 0]);
      expect((await stat(place)).size).toBeGreaterThan(0);
    }
    const refused = await thaw('export', run, '--to', 'onnx', '--weights', 'int8');
    expect(refused.stderr).toMatch(/expected --weights with --to tfjs only/);
  });

  it('exports to TFLite by the Python that is named, beside whatever is there', async () => {
    const [python, lite] = [join(folder, 'python'), join(folder, 'beside')];
    // In place of Python: it writes what TensorFlow's converter gets, the size of the graph, as the last argument's file.
    await writeFile(python, '#!/bin/sh\nwc -c < "$3/saved_model.pb" > "$4"\n', { mode: 0o755 });
    vi.stubEnv('THAW_PYTHON', python);
    try {
      await mkdir(join(lite, 'a.tflite.savedmodel'), { recursive: true });
      await writeFile(join(lite, 'a.tflite.savedmodel', 'notes.txt'), 'mine');
      const ended = Array.from({ length: 2 }, () =>
        thaw('export', run, '--to', 'tflite', '--out', join(lite, 'a.tflite')),
      );
      for (const { code, stderr } of await Promise.all(ended)) expect(code, stderr).toBe(0);
      expect(Number(await readFile(join(lite, 'a.tflite'), 'utf8'))).toBeGreaterThan(1000);
      expect((await readdir(lite)).sort()).toEqual(['a.tflite', 'a.tflite.savedmodel']);
      expect(await readdir(join(lite, 'a.tflite.savedmodel'))).toEqual(['notes.txt']);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('says what an export to TFLite takes, and leaves nothing of it behind', async () => {
    vi.stubEnv('THAW_PYTHON', join(folder, 'no-python'));
    try {
      const { code, stderr } = await thaw(
        'export',
        run,
        '--to',
        'tflite',
        '--out',
        join(folder, 'lite', 'a'),
      );
      expect(code).not.toBe(0);
      expect(stderr).toMatch(
        /takes a Python with TensorFlow; .*no-python.*pip install tensorflow.*THAW_PYTHON/,
      );
      expect(await readdir(join(folder, 'lite'))).toEqual([]);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('fits thresholds to the validation part, even if flags say all about the phases', async () => {
    const out = join(folder, 'explicit');
    const phases = ['--head-epochs', '0', '--thaw-epochs', '1', '--learning-rate', '1e-3'];
    const { code, stderr } = await thaw('train', folder, ...SMALL, ...phases, '--no-report', '--out', out);
    expect(code, stderr).toBe(0);
    expect(JSON.parse(await readFile(join(out, 'recipe.json'), 'utf8')).tune).toEqual({});
    const { userDefinedMetadata } = JSON.parse(await readFile(join(out, 'model', 'model.json'), 'utf8'));
    expect(new Set(userDefinedMetadata.thaw.thresholds)).not.toEqual(new Set([0.5]));
  });

  it('ends after a step when it is told to, says so, and goes on from there', async () => {
    const out = join(folder, 'interrupted');
    const ending = new AbortController();
    const told: string[] = [];
    const code = await runThaw(
      ['train', folder, ...SMALL, '--head-epochs', '3', '--thaw-epochs', '0', '--out', out],
      {
        ...silentTerminal(),
        print: (text) => told.push(text),
        note: (text) => {
          told.push(text);
          if (/epoch/i.test(text)) ending.abort(new Interruption(EXIT.terminated));
        },
        signal: ending.signal,
      },
    );
    expect(code).toBe(143);
    expect(told.at(-1)).toMatch(/^The run isn't finished\. Go on with it: thaw train --resume --out /);
    const files = await readdir(out);
    expect(files).toContain('report.html');
    expect(files).not.toContain('model');
    const resumed = await thaw('train', '--resume', '--out', out);
    expect(resumed.code, resumed.stderr).toBe(0);
    const { rows } = JSON.parse(await readFile(join(out, 'history.json'), 'utf8'));
    expect(rows.map(({ epoch }: { epoch: number }) => epoch)).toEqual([0, 1, 2]);
    expect(await readdir(out)).toContain('evaluation.json');
  });

  it.each([
    [
      'a backbone that there is not',
      ['--backbone', 'resnet51'],
      /OptionError: backbone: expected a name that `thaw backbones` lists; received "resnet51"\. Nearest: resnet50/,
    ],
    ['shares that do not add up', ['--fractions', '0.5,0.2'], /add up to 1/],
  ])('refuses %s', async (_, flags, message) => {
    const { code, stderr } = await thaw('train', folder, ...SMALL, ...flags, '--out', join(folder, 'other'));
    expect(code).not.toBe(0);
    expect(stderr).toMatch(message);
  });

  it('takes everything from a config file', async () => {
    const config = join(folder, 'thaw.config.json');
    const out = join(folder, 'from-config');
    await writeFile(
      config,
      JSON.stringify({
        train: {
          data: folder,
          backbone: 'mobilenet_v3_small',
          weights: 'none',
          size: '32',
          backend: 'cpu',
          headEpochs: 1,
          thawEpochs: 0,
          report: false,
          out,
        },
      }),
    );
    const ended = await thaw('--config', config, 'train');
    expect(ended.code, ended.stderr).toBe(0);
    expect(await readdir(out)).not.toContain('report.html');
    expect(ended.stdout).toContain(`model: ${join(out, 'model')}`);
  });
});

describe('trainRun', () => {
  it('writes the model and a report of the history if it is interrupted while the test images are evaluated', async () => {
    const out = join(folder, 'unevaluated');
    const ending = new AbortController();
    const data = await openData([folder], {});
    const split = data.split({ seed: 0 });
    const { test } = split;
    const batches: ImageDataset['batches'] = (asked) => {
      ending.abort(new Interruption(EXIT.interrupted));
      return test.batches(asked);
    };
    await useBestBackend({ prefer: ['cpu'], log: () => {} });
    await saveTinyModel(folder);
    const ended = await trainRun(
      await load(join(folder, 'model')),
      {
        split: { ...split, test: Object.create(test, { batches: { value: batches } }) },
        out,
        recipe: { head: { epochs: 1 }, thaw: false },
        command: { data: [folder], flags: {} as TrainFlags },
        report: join(out, 'report.html'),
        pictures: false,
      },
      { ...silentTerminal(), signal: ending.signal },
    );
    expect(ended).toMatchObject({ isUnfinished: true, evaluation: undefined, run: { interrupted: false } });
    const files = await readdir(out);
    expect(files).toEqual(expect.arrayContaining(['model', 'report.html']));
    expect(files).not.toContain('evaluation.json');
  });
});

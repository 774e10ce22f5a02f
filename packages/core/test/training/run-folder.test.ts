import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { writerName } from '@thawjs/files/writer-name';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Callback,
  classifier,
  fineTune,
  load,
  modelBytes,
  OptionError,
  RunFolderError,
  type RunHistory,
  removeStoredRun,
  storedRun,
} from '../../src';
import { csv } from '../../src/files/csv';
import { nodeModules } from '../../src/platform/node';
import { bytes, LABELS, tinyBackbone, tinyImages } from '../tiny';

const train = tinyImages(24, 1);
const validation = tinyImages(16, 2);
const options = { train, validation, head: { epochs: 2 }, thaw: { epochs: 3 } } as const;
const tiny = () => classifier(tinyBackbone(), { labels: LABELS, dropout: 0.2 });

let parent: string;
let out: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'thaw-run-'));
  out = join(parent, 'runs', '1');
});
afterEach(() => {
  rmSync(parent, { recursive: true, force: true });
  tf.disposeVariables();
});

const read = (name: string) => readFileSync(join(out, name), 'utf8');
const history = () => JSON.parse(read('history.json')) as RunHistory;

describe('a run’s folder', () => {
  test('holds recipe, history, checkpoint and a model that predicts the same', async () => {
    const model = tiny();
    const run = await fineTune(model, { ...options, out });
    expect(readdirSync(out).sort()).toEqual([
      'checkpoint',
      'history.csv',
      'history.json',
      'model',
      'recipe.json',
    ]);
    expect(JSON.parse(read('recipe.json'))).toEqual(run.recipe);
    expect(history()).toMatchObject({
      format: 'thaw-history',
      version: 1,
      rows: JSON.parse(JSON.stringify(run.history)),
      seconds: run.seconds,
      baseRateLoss: run.baseRateLoss,
      finished: true,
      interrupted: false,
    });
    expect(history().notes).toContainEqual(
      expect.stringMatching(/^the head starts from a logistic regression/),
    );
    const lines = read('history.csv').trim().split('\n');
    expect(lines[0]).toMatch(/^phase,epoch,learningRate,seconds,loss,auc,.*,val_recall$/);
    expect(lines).toHaveLength(1 + run.history.length);
    const loaded = await load(join(out, 'model'));
    expect((await loaded.predict(validation)).data).toEqual((await model.predict(validation)).data);
  });

  test.each([
    ['head', 1],
    ['thaw', 1],
  ] as const)(
    'is where a run that was interrupted in epoch %s %i goes on, to the same bytes',
    async (phase, epoch) => {
      const whole = tiny();
      const expected = await fineTune(whole, { ...options, out: join(parent, 'whole') });
      const controller = new AbortController();
      const interrupt: Callback = {
        onBatchEnd(event) {
          const isThere = event.activity === 'train' && event.phase === phase && event.epoch === epoch;
          if (isThere) controller.abort();
        },
      };
      const first = await fineTune(tiny(), {
        ...options,
        out,
        signal: controller.signal,
        callbacks: [interrupt],
      });
      expect(first.interrupted).toBe(true);
      expect(history()).toMatchObject({ finished: false, interrupted: true });
      expect(existsSync(join(out, 'model'))).toBe(false);
      const model = tiny();
      const run = await fineTune(model, { ...options, out, resume: true });
      expect(bytes(model)).toEqual(bytes(whole));
      const numbers = (rows: typeof run.history) => rows.map(({ seconds: _, ...row }) => row);
      expect(numbers(run.history)).toEqual(numbers(expected.history));
      expect(history().finished).toBe(true);
    },
  );

  test('belongs to one run at a time, in one process or several', async () => {
    const inUse = /no other run writes to; another run is writing to/;
    const second: Promise<unknown>[] = [];
    const again: Callback = {
      onPhaseBegin() {
        second.push(fineTune(tiny(), { ...options, out, resume: true }).catch((error) => error));
      },
    };
    await fineTune(tiny(), { ...options, thaw: false, out, callbacks: [again] });
    const refused = await Promise.all(second);
    expect(refused).toHaveLength(1);
    expect(refused[0]).toBeInstanceOf(OptionError);
    expect(String(refused[0])).toMatch(inUse);
    expect(readdirSync(out).filter((name) => name.startsWith('.'))).toEqual([]);
    // Another process: this one's parent is alive.
    const lock = join(out, '.thaw-lock');
    mkdirSync(lock);
    const holder = writerName(nodeModules()!).replace(/-\d+-/, `-${process.ppid}-`);
    writeFileSync(join(lock, holder), '');
    await expect(fineTune(tiny(), { ...options, thaw: false, out, resume: true })).rejects.toThrow(inUse);
    // A process that was killed holds nothing.
    rmSync(join(lock, holder));
    writeFileSync(join(lock, holder.replace(/-\d+-/, '-999999999-')), '');
    await fineTune(tiny(), { ...options, thaw: false, out, resume: true });
  });

  test('is not made by a call that is refused', async () => {
    await expect(fineTune(tiny(), { ...options, out, batchSize: 0 })).rejects.toThrow(OptionError);
    expect(existsSync(out)).toBe(false);
  });

  test('of a finished run gives the same history and model when resumed', async () => {
    const model = tiny();
    const { history: rows } = await fineTune(model, { ...options, out });
    const again = tiny();
    const run = await fineTune(again, { ...options, out, resume: true });
    expect(run.history).toEqual(rows);
    expect(bytes(again)).toEqual(bytes(model));
  });

  test('is refused if it holds another run, and left as it is', async () => {
    await fineTune(tiny(), { ...options, out, thaw: false });
    const before = read('history.json');
    await expect(fineTune(tiny(), { ...options, out })).rejects.toThrow(OptionError);
    await expect(fineTune(tiny(), { ...options, out })).rejects.toThrow(/holds a run. Pass resume: true/);
    expect(read('history.json')).toBe(before);
  });

  test('that can’t take the model ends the call with the run, and the classifier has the trained weights', async () => {
    const expected = tiny();
    const { history: rows } = await fineTune(expected, options);
    const model = tiny();
    const inTheWay = { onEpochEnd: () => writeFileSync(join(out, 'model'), 'a file') };
    const failed = await fineTune(model, { ...options, out, callbacks: [inTheWay] }).catch((error) => error);
    expect(failed).toBeInstanceOf(RunFolderError);
    expect(failed.message).toMatch(/^fineTune: expected to write the result to .*; .* The training is done/);
    expect(failed.run.history.map(({ loss }: { loss: number }) => loss)).toEqual(
      rows.map(({ loss }) => loss),
    );
    expect(bytes(model)).toEqual(bytes(expected));
  });

  test('that can’t be made ends the call before anything is learned', async () => {
    writeFileSync(join(parent, 'runs'), 'a file');
    const model = tiny();
    const before = bytes(model);
    await expect(fineTune(model, { ...options, out })).rejects.toThrow(/ENOTDIR/);
    expect(bytes(model)).toEqual(before);
  });
});

test('storedRun tells of a run that was stored, and removeStoredRun refuses a folder', async () => {
  expect(await storedRun(out)).toBeUndefined();
  const run = await fineTune(tiny(), { ...options, out });
  const stored = await storedRun(out);
  expect(stored?.recipe).toEqual(run.recipe);
  expect(stored?.history).toEqual(history());
  expect(stored?.resumable).toBe(true);
  rmSync(join(out, 'checkpoint', 'training-state.thaw'));
  expect((await storedRun(out))?.resumable).toBe(false);
  writeFileSync(join(out, 'history.json'), '{"rows":');
  await expect(storedRun(out)).rejects.toMatchObject({ code: 'ERR_SAVED_MODEL' });
  await expect(storedRun('indexeddb://runs/1')).rejects.toThrow(OptionError);
  await expect(removeStoredRun(out)).rejects.toThrow(OptionError);
  expect(existsSync(join(out, 'recipe.json'))).toBe(true);
});

test('modelBytes gives the files that save writes, byte by byte', async () => {
  const model = tiny();
  await model.save(out);
  const files = await modelBytes(model);
  expect(Object.keys(files).sort()).toEqual(readdirSync(out).sort());
  for (const [name, content] of Object.entries(files)) {
    expect(Buffer.from(content).equals(readFileSync(join(out, name)))).toBe(true);
  }
});

test('a history’s CSV has a column for every number of any row, and empty cells for NaN', () => {
  const row = { epoch: 0, learningRate: 1e-3, seconds: 1, loss: 0.5, val_loss: Number.NaN };
  expect(
    csv([
      { ...row, phase: 'head' },
      { ...row, phase: 'a "b", c', epoch: 1, mine: 2 },
    ]),
  ).toBe(
    'epoch,learningRate,seconds,loss,val_loss,phase,mine\n' +
      '0,0.001,1,0.5,,head,\n1,0.001,1,0.5,,"a ""b"", c",2\n',
  );
});

test.each([
  ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
  [' @SUM(1)', "' @SUM(1)"],
  ['\uff1d1+1', "'\uff1d1+1"],
  ['\n=1', `"'\n=1"`],
  ['a=1', 'a=1'],
])('csv writes the text %j so that no spreadsheet runs it', (text, cell) => {
  expect(csv([{ name: text, rate: -0.5 }])).toBe(`name,rate\n${cell},-0.5\n`);
});

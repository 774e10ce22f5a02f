import '@tensorflow/tfjs-backend-cpu';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  adamW,
  classifier,
  cosine,
  type Draw,
  defineLoss,
  load,
  OptionError,
  type SearchOptions,
  type SearchRecipe,
  search,
  sgd,
} from '../../src';
import { drawFor } from '../../src/search/draw';
import { halvingRounds } from '../../src/search/halving';
import { LABELS, tensorCount, tinyBackbone, tinyImages } from '../tiny';

let folder: string;
let out: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-search-'));
  out = join(folder, 'search');
});
afterEach(async () => {
  tf.disposeVariables();
  await rm(folder, { recursive: true, force: true });
});

const head = (learningRate: number, epochs = 2): SearchRecipe => ({
  batchSize: 8,
  head: { epochs, learningRate, optimizer: sgd },
  thaw: false,
});

function base(): Omit<SearchOptions, 'recipes'> {
  return {
    model: () => classifier(tinyBackbone(), { labels: LABELS }),
    train: tinyImages(16, 1),
    validation: tinyImages(12, 2),
    monitor: 'val_loss',
    out,
  };
}

test('says by name that its table cannot be written', async () => {
  await mkdir(join(out, 'search.csv'), { recursive: true });
  const found = search({ ...base(), recipes: [head(0.1, 1)] });
  await expect(found).rejects.toThrow(OptionError);
  await expect(found).rejects.toThrow(/^search: expected to write into out, ".*search"; EISDIR/);
});

test('runs each recipe of a list in a folder of its own, and ranks them in a table', async () => {
  const before = tensorCount();
  const found = await search({
    ...base(),
    recipes: [
      { name: 'slow', ...head(1e-6) },
      { name: 'fast', ...head(0.5) },
    ],
  });
  expect(
    found.trials.map(({ name, status, epochs, totalEpochs }) => [name, status, epochs, totalEpochs]),
  ).toEqual([
    ['slow', 'finished', 2, 2],
    ['fast', 'finished', 2, 2],
  ]);
  expect(found.best).toBe('fast');
  expect(found).toMatchObject({ monitor: 'val_loss', mode: 'min', interrupted: false });
  const rows = JSON.parse(await readFile(join(out, 'fast/history.json'), 'utf8')).rows;
  expect(found.trials[1].score).toBe(Math.min(...rows.map((row: { val_loss: number }) => row.val_loss)));
  expect(found.trials[0].parameters).toMatchObject({
    batchSize: 8,
    'head.epochs': 2,
    'head.learningRate': 1e-6,
    'head.optimizer': { optimizer: 'sgd' },
    thaw: false,
  });
  expect(JSON.parse(await readFile(join(out, 'search.json'), 'utf8'))).toEqual(found);
  const [header, first] = (await readFile(join(out, 'search.csv'), 'utf8')).split('\n');
  expect(header).toMatch(/^name,val_loss,status,epochs,seconds,batchSize,head\.epochs,head\.learningRate/);
  expect(first).toMatch(/^fast,0\.\d+,finished,2,/);
  expect(tensorCount()).toBe(before);
  expect((await load(join(out, 'fast/model'))).labels).toEqual(LABELS);
});

test('a search that is called again runs nothing anew, takes further recipes, and refuses others', async () => {
  const recipes = [{ name: 'a', ...head(0.1, 1) }];
  const first = await search({ ...base(), recipes });
  const written = (await stat(join(out, 'a/history.json'))).mtimeMs;
  const made: unknown[] = [];
  const model: SearchOptions['model'] = (recipe) => {
    made.push(recipe);
    return classifier(tinyBackbone(), { labels: LABELS });
  };
  const more = await search({ ...base(), model, recipes: [...recipes, { name: 'b', ...head(0.2, 1) }] });
  expect(made).toEqual([head(0.2, 1)]);
  expect(more.trials[0]).toEqual(first.trials[0]);
  expect((await stat(join(out, 'a/history.json'))).mtimeMs).toBe(written);
  const other = search({ ...base(), recipes: [{ name: 'a', ...head(0.3, 1) }] });
  await expect(other).rejects.toThrow(/expected the search that .* is of; its recipes, .* differ/);
});

test('the recipe of a trial that has not begun may change, as if a mistake in it ended the search', async () => {
  const good = { name: 'good', ...head(0.1, 1) };
  const wrong = { name: 'wrong', ...head(0.1, 1), bachSize: 4 } as SearchRecipe;
  const first = search({ ...base(), recipes: [good, wrong, { name: 'last', ...head(0.2, 1) }] });
  await expect(first).rejects.toThrow(/received "bachSize"/);
  const mended = { name: 'mended', ...head(0.3, 1) };
  const { trials } = await search({ ...base(), recipes: [good, mended] });
  expect(trials.map(({ name, status }) => [name, status])).toEqual([
    ['good', 'finished'],
    ['mended', 'finished'],
  ]);
  expect(trials[1].parameters).toMatchObject({ 'head.learningRate': 0.3 });
  const other = search({ ...base(), recipes: [good, { name: 'mended', ...head(0.4, 1) }] });
  await expect(other).rejects.toThrow(/its recipes, .* differ/);
});

test('a search with the other mode is refused, as kept scores are the best of the first one', async () => {
  const recipes = [head(0.1, 1)];
  await search({ ...base(), recipes });
  const other = search({ ...base(), recipes, mode: 'max' });
  await expect(other).rejects.toThrow(/the monitor or the mode differ/);
});

test('no trial is the best if none has a score', async () => {
  // Of one image, each label has one kind, which no AUC is defined for.
  const validation = tinyImages(1, 2);
  const found = await search({ ...base(), validation, monitor: 'val_auc', recipes: [head(0.1, 1)] });
  expect(found.trials).toMatchObject([{ status: 'finished', score: null }]);
  expect(found.best).toBeNull();
});

let one: unknown;
test.each<[string, () => unknown, RegExp]>([
  ['nothing', () => undefined, /received undefined/],
  ['the same classifier', () => one, /received that of an earlier trial/],
])('refuses a model function that returns %s', async (_, model, message) => {
  const options = { ...base(), model, recipes: [head(0.1, 1), head(0.2, 1)] } as SearchOptions;
  one = classifier(tinyBackbone(), { labels: LABELS });
  const found = search(options);
  await expect(found).rejects.toThrow(OptionError);
  await expect(found).rejects.toThrow(message);
});
test('draws the same recipes for a seed, and halving gives most epochs to the best', async () => {
  const recipes = (draw: Draw) => head(draw.number('rate', 1e-6, 1, { log: true }), 4);
  const options = { ...base(), recipes, trials: 4, seed: 3, halving: { factor: 2 } };
  const found = await search(options);
  const rates = found.trials.map(({ parameters }) => parameters.rate as number);
  expect(new Set(rates).size).toBe(4);
  expect(rates.every((rate) => rate >= 1e-6 && rate <= 1)).toBe(true);
  expect(found.trials.map(({ epochs }) => epochs).sort()).toEqual([1, 1, 2, 4]);
  expect(found.trials.filter(({ status }) => status === 'stopped')).toHaveLength(3);
  const best = found.trials.find(({ name }) => name === found.best);
  expect(best).toMatchObject({ status: 'finished', epochs: 4 });
  // The fastest of these small rates is the best throughout.
  expect(best?.parameters.rate).toBe(Math.max(...rates));
  expect(existsSync(join(out, found.best ?? '', 'model/model.json'))).toBe(true);
  expect(await search(options)).toEqual(found);
});

test('an interrupted search continues to the same result', async () => {
  const recipes = [0.01, 0.1, 0.3].map((rate) => head(rate, 3));
  const whole = await search({ ...base(), out: join(folder, 'whole'), recipes, halving: { factor: 3 } });
  for (const stopAfter of [1, 2, 4]) {
    const place = join(folder, `stopped-${stopAfter}`);
    const stop = new AbortController();
    let epochs = 0;
    const callbacks = () => [
      {
        onEpochEnd() {
          epochs += 1;
          if (epochs === stopAfter) stop.abort();
        },
      },
    ];
    const options = { ...base(), out: place, recipes, halving: { factor: 3 } };
    const part = await search({ ...options, callbacks, signal: stop.signal });
    expect(part.interrupted).toBe(true);
    const rest = await search(options);
    const withoutTime = ({ trials }: typeof whole) => trials.map(({ seconds, ...trial }) => trial);
    expect(withoutTime(rest)).toEqual(withoutTime(whole));
    expect(rest.best).toBe(whole.best);
  }
});

test('a trial that diverges is the worst, and the search goes on', async () => {
  const found = await search({
    ...base(),
    recipes: [
      {
        name: 'wild',
        ...head(0.1),
        loss: defineLoss(({ ops, logits }) => ops.log(ops.sub(ops.mul(logits, 0), 1))),
      },
      { name: 'tame', ...head(0.1) },
    ],
  });
  expect(found.trials.map(({ status }) => status)).toEqual(['diverged', 'finished']);
  expect(found.trials[0]).toMatchObject({ score: null, error: expect.stringContaining('finite numbers') });
  expect(found.best).toBe('tame');
  expect(found.trials[0].parameters.loss).toMatch(/ops\.log\(ops\.sub\(ops\.mul\(logits, 0\), 1\)\)/);
});

test('rounds of a halving: shares of the epochs, and how many go on', () => {
  expect(halvingRounds(9, 3)).toEqual([
    { share: expect.closeTo(1 / 9, 12), keep: 3 },
    { share: expect.closeTo(1 / 3, 12), keep: 1 },
    { share: 1, keep: 0 },
  ]);
  expect(halvingRounds(8, 2).map(({ keep }) => keep)).toEqual([4, 2, 1, 0]);
  expect(halvingRounds(1, 2)).toEqual([{ share: 1, keep: 0 }]);
});

test('draws are in their ranges, and depend on seed, trial and name alone', () => {
  const name = fc.string();
  fc.assert(
    fc.property(fc.nat(), fc.nat(1000), name, (seed, trial, name) => {
      const { draw, parameters } = drawFor(seed, trial);
      const value = draw.number(name, -2, 5);
      expect(value).toBeGreaterThanOrEqual(-2);
      expect(value).toBeLessThanOrEqual(5);
      expect(parameters).toEqual({ [name]: value });
      const again = drawFor(seed, trial).draw;
      again.whole('another', 0, 9);
      expect(again.number(name, -2, 5)).toBe(value);
      const whole = draw.whole(name, 3, 5);
      expect([3, 4, 5]).toContain(whole);
      expect(['a', 'b']).toContain(draw.choice(name, ['a', 'b']));
    }),
  );
});

test('a number that is rounded stays in its range', () => {
  const edge = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(edge, edge, fc.boolean(), (a, b, log) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const value = drawFor(1, 0).draw.number('rate', low, high, { log });
      expect(value).toBeGreaterThanOrEqual(low);
      expect(value).toBeLessThanOrEqual(high);
    }),
  );
  expect(drawFor(1, 0).draw.number('rate', 1.23456, 1.23456)).toBe(1.23456);
});

test('a parameter may have any name', () => {
  const { draw, parameters } = drawFor(1, 0);
  const value = draw.number('__proto__', 1, 2);
  expect(Object.entries(parameters)).toEqual([['__proto__', value]]);
});

test('parameters in the table are JSON: schedules, optimizers and losses by name', async () => {
  const made = (draw: Draw): SearchRecipe => ({
    ...head(0.1, 1),
    head: {
      epochs: 1,
      learningRate: draw.choice('schedule', [cosine(0.1)]),
      optimizer: draw.choice('optimizer', [({ learningRate }) => adamW({ learningRate })]),
    },
  });
  const { trials } = await search({ ...base(), recipes: made, trials: 1 });
  expect(trials[0].parameters).toMatchObject({
    schedule: { schedule: 'cosine', learningRate: 0.1 },
    optimizer: { optimizer: expect.stringMatching(/^adam/), weightDecay: 0.004 },
  });
});

test.each<[object, RegExp]>([
  [{ recipes: [] }, /expected recipes to be a list of recipes, or a function that draws one/],
  [{ recipes: () => head(0.1) }, /expected trials of 1 or more, a whole number; received undefined/],
  [{ trials: 3 }, /expected trials only if recipes is a function/],
  [{ halving: { factor: 1 } }, /halving: expected factor of 2 or more; received 1/],
  [{ halving: {} }, /halving: expected factor of 2 or more; received undefined/],
  [{ validation: undefined }, /expected validation, which monitor "val_loss" is of/],
  [{ monitr: 'loss' }, /expected options among train, .*; received "monitr"/],
  [{ recipes: [{ name: '../up' }] }, /expected names of letters, digits.*received "\.\.\/up"/],
  [{ recipes: [{ name: 'a' }, { name: 'a' }] }, /two are named "a"/],
  [{ recipes: ({ number }: Draw) => head(number('rate', 0, 1, { log: true })), trials: 1 }, /above 0/],
  [{ recipes: ({ whole }: Draw) => head(0.1, whole('n', 1.5, 3)), trials: 1 }, /whole numbers.*1\.5 to 3/],
  [{ recipes: () => {}, trials: 1 }, /expected each recipe to be an object of options; received undefined/],
  [{ recipes: [null] }, /expected each recipe to be an object of options; received null/],
  [
    { recipes: [{ ...head(0.1), callbacks: [] }] },
    /expected recipes without train, .*; received one with callbacks/,
  ],
  [{ recipes: [{ ...head(0.1), out: 'elsewhere' }] }, /received one with out/],
  [{ signal: new AbortController() }, /expected signal to be an AbortSignal/],
  [{ recipes: ({ choice }: Draw) => head(choice('rate', [])), trials: 1 }, /from a list/],
])('refuses %j before anything runs', async (options, message) => {
  const found = search({ ...base(), recipes: [head(0.1)], ...options } as SearchOptions);
  await expect(found).rejects.toThrow(OptionError);
  await expect(found).rejects.toThrow(message);
  expect(existsSync(out)).toBe(false);
});

test('a monitor that no epoch has is refused by name', async () => {
  const found = search({ ...base(), monitor: 'val_f1', recipes: [head(0.1, 1)] });
  await expect(found).rejects.toThrow(/monitor "val_f1": expected one of .*val_loss/);
});

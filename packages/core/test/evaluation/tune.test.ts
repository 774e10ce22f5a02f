import '@tensorflow/tfjs-backend-cpu';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { f1Score, fitThresholds, plattScaling, rocAucScore, temperatureScaling } from '@thawjs/metrics';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Calibration,
  type Classifier,
  classifier,
  DataMismatchError,
  type LabelledImages,
  load,
  OptionError,
  SavedModelError,
  tune,
} from '../../src';
import { fitCalibration } from '../../src/evaluation/fit-calibration';
import { probabilitiesOf } from '../../src/prediction/probabilities';
import { LABELS, tensorCount, tinyBackbone, tinyImages } from '../tiny';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const data = tinyImages(40);
const shape = [40, 2] as const;
const yTrue = { data: data.y, shape };
/** A classifier whose first random weights happen to rank both labels better than by chance. */
const made = () => classifier(tinyBackbone(), { labels: LABELS, seed: 6 });

/** The network's logits, computed in JavaScript from its own probabilities. */
async function logitsOf(model: Classifier) {
  const { data: p } = await model.predict(data);
  return { data: Float64Array.from(p, (value) => Math.log(value) - Math.log1p(-value)), shape };
}

describe('tune', () => {
  test.each(['platt', 'temperature'] as const)(
    'calibrates by %s as metrics does, and predict uses it',
    async (kind) => {
      const model = made();
      const before = await model.predict(data);
      const logits = await logitsOf(model);
      const { calibration } = await tune(model, data, { calibration: kind });

      const expected = kind === 'platt' ? plattScaling(yTrue, logits) : temperatureScaling(yTrue, logits);
      for (const label of [0, 1]) {
        const { slopes, intercepts } = expected;
        const only = slopes.length === 1 ? 0 : label;
        expect(calibration!.slopes[label]).toBeCloseTo(slopes[only], 3);
        expect(calibration!.intercepts[label]).toBeCloseTo(intercepts[only], 3);
      }
      const after = await model.predict(data);
      for (const [at, value] of after.data.entries()) {
        const z = model.calibration!.slopes[at % 2] * logits.data[at] + model.calibration!.intercepts[at % 2];
        expect(value).toBeCloseTo(1 / (1 + Math.exp(-z)), 5);
      }
      expect(rocAucScore(yTrue, after, { average: 'none' })).toEqual(
        rocAucScore(yTrue, before, { average: 'none' }),
      );
      model.dispose();
    },
  );

  test('fits thresholds that decide like those that metrics fits on what predict then gives', async () => {
    const model = made();
    const { thresholds, values } = await model.tune(data);
    const scores = await model.predict(data);
    const best = fitThresholds(yTrue, scores);
    expect(model.thresholds).toEqual(thresholds);
    expect(values).toEqual([...best.values]);
    expect(f1Score(yTrue, scores, { average: 'none', threshold: thresholds })).toEqual(best.values);
    // Between two scores rather than at one.
    for (const [label, threshold] of thresholds.entries())
      expect(threshold).toBeLessThan(best.thresholds[label]);
    model.dispose();
  });

  test.each([
    ['recall at a precision', { precisionAtLeast: 0.6 }, { objective: 'recall', atLeast: 0.6 }],
    ['precision at a recall', { recallAtLeast: 0.8 }, { objective: 'precision', atLeast: 0.8 }],
    ['F2', { fbeta: 2 }, { objective: 'fbeta', beta: 2 }],
    ["Youden's J", 'youden', { objective: 'youden' }],
    ['costs', { cost: { falsePositive: 1, falseNegative: 3 } }, { objective: 'cost', falseNegativeCost: 3 }],
  ] as const)('fits for %s', async (_, thresholds, options) => {
    const model = made();
    const tuning = await tune(model, data, { thresholds });
    const best = fitThresholds(yTrue, await model.predict(data), options);
    expect(tuning.values).toEqual([...best.values]);
    model.dispose();
  });

  test("'half' and 'none' take everything back", async () => {
    const model = made();
    const before = await model.predict(data);
    await tune(model, data);
    await tune(model, data, { calibration: 'none', thresholds: 'half' });
    expect(model.calibration).toBeUndefined();
    expect(model.thresholds).toEqual([0.5, 0.5]);
    expect(await model.predict(data)).toEqual(before);
    model.dispose();
  });

  test('gives labels without positives the shared temperature and ½, and names them', async () => {
    const model = made();
    const y = data.y.map((value, at) => (at % 2 ? 0 : value));
    const { calibration, thresholds, notes } = await tune(model, { ...data, y });
    expect(calibration!.intercepts[1]).toBe(0);
    expect(calibration!.slopes[1]).toBeGreaterThan(0);
    expect(thresholds[1]).toBe(0.5);
    expect(notes).toEqual([
      'validation has only positive or only negative images, so the temperature of all labels is taken: Red.',
      'no positive validation image, so the threshold is 0.5: Red.',
    ]);
    model.dispose();
  });

  test('does not calibrate by labels that are all the same', async () => {
    const model = made();
    const { calibration, notes } = await tune(model, { ...data, y: new Uint8Array(80) });
    expect([calibration, model.calibration]).toEqual([undefined, undefined]);
    expect(notes[0]).toBe(
      'Not calibrated: validation has one kind of label only, no mistake, or is ranked no better than by chance.',
    );
    model.dispose();
  });

  test('gives all labels the temperature if each of them has one kind of image alone', () => {
    const logits = Float32Array.of(2, -1, 1, -2, -1, 1, 3, -0.5);
    const y = Uint8Array.of(1, 0, 1, 0, 1, 0, 1, 0);
    const { calibration, notes } = fitCalibration({ labels: LABELS, y, known: undefined, logits }, 'platt');
    const { slopes } = temperatureScaling(y, logits);
    expect(slopes[0]).toBeGreaterThan(0.1);
    expect(calibration).toEqual({ slopes: [slopes[0], slopes[0]], intercepts: [0, 0] });
    expect(notes).toEqual([
      'validation has only positive or only negative images, so the temperature of all labels is taken: Bright, Red.',
    ]);
  });

  test('says if a goal is out of reach, if costs want no prediction, and if positives are few', async () => {
    const model = made();
    const rare = { ...data, y: data.y.map((value, at) => (at < 12 ? value : 0)) };
    expect((await tune(model, rare)).notes.at(-1)).toMatch(/^fewer than 10 positive.*: Bright, Red\.$/);
    const known = data.y.map((_, at) => Number(at >= 2));
    const opposite = { ...data, known, y: data.y.map((value) => 1 - value) };
    const { thresholds } = await tune(model, opposite, {
      thresholds: { cost: { falsePositive: 1, falseNegative: 0 } },
    });
    expect(thresholds).toEqual([1, 1]);
    model.dispose();
  });

  test('leaves unknown labels out', async () => {
    const model = made();
    const known = Uint8Array.from(data.y, (_, at) => Number(at % 5 !== 0));
    const tuning = await tune(model, { ...data, known });
    const other = { ...data, known, y: data.y.map((value, at) => (known[at] ? value : 1 - value)) };
    expect(await tune(model, other)).toEqual(tuning);
    model.dispose();
  });

  test('leaves no tensor behind, and training computes without the calibration', async () => {
    const model = made();
    await tune(model, data);
    const before = tensorCount();
    await tune(model, data);
    expect(tensorCount()).toBe(before);
    model.dispose();
  });

  test.each<[string, LabelledImages, object, new (message: string) => Error, RegExp]>([
    ['a misspelt option', data, { calibrate: 'platt' }, OptionError, /"calibrate"/],
    [
      'an unknown calibration',
      data,
      { calibration: 'isotonic' },
      OptionError,
      /'platt' or 'temperature' or 'none'/,
    ],
    ['an unknown goal', data, { thresholds: 'f2' }, OptionError, /'f1'.*received "f2"/],
    ['two goals', data, { thresholds: { fbeta: 1, recallAtLeast: 1 } }, OptionError, /thresholds/],
    [
      'a precision above 1',
      data,
      { thresholds: { precisionAtLeast: 90 } },
      OptionError,
      /precisionAtLeast from 0 to 1; received 90/,
    ],
    [
      'half a cost',
      data,
      { thresholds: { cost: { falsePositive: 1 } } },
      OptionError,
      /falseNegative of 0 or more; received undefined/,
    ],
    [
      'costs of nothing',
      data,
      { thresholds: { cost: { falsePositive: 0, falseNegative: 0 } } },
      OptionError,
      /above 0/,
    ],
    ['other labels', tinyImages(4, 1, ['Red', 'Bright']), {}, DataMismatchError, /label 0 is "Red"/],
    ['no images', { ...data, length: 0, y: new Uint8Array() }, {}, DataMismatchError, /one or more images/],
  ])('refuses %s, and changes nothing', async (_, validation, options, ErrorClass, message) => {
    const model = made();
    const error = await tune(model, validation, options).catch((reason: Error) => reason);
    expect(error).toBeInstanceOf(ErrorClass);
    expect((error as Error).message).toMatch(message);
    expect([model.calibration, model.thresholds]).toEqual([undefined, [0.5, 0.5]]);
    model.dispose();
  });
});

describe('a calibration', () => {
  test('changes no order and no AUC, whatever logits and labels it is fitted on', () => {
    const row = fc.record({
      logit: fc.integer({ min: -60, max: 60 }),
      label: fc.boolean(),
      known: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 2, maxLength: 40 }),
        fc.constantFrom('platt', 'temperature'),
        (rows, kind) => {
          const logits = Float32Array.from(rows, ({ logit }) => logit / 4);
          const y = Uint8Array.from(rows, ({ label }) => Number(label));
          const known = Uint8Array.from(rows, (one) => Number(one.known));
          const { calibration } = fitCalibration({ labels: ['a'], y, known, logits }, kind as 'platt');
          const { slopes, intercepts } = calibration ?? { slopes: [1], intercepts: [0] };
          expect(slopes[0]).toBeGreaterThan(0);
          const scores = probabilitiesOf(logits, 1, calibration);
          const order = [...logits.keys()].sort((a, b) => logits[a] - logits[b]);
          for (const [at, row] of order.entries()) {
            if (at > 0) expect(scores[row]).toBeGreaterThanOrEqual(scores[order[at - 1]]);
          }
          // Where 32 bits tell the probabilities apart, AUC is the same to the last bit.
          const apart = (values: Float32Array) => new Set(values).size;
          if (apart(scores) === apart(logits) && Number.isFinite(intercepts[0])) {
            expect(rocAucScore(y, scores)).toBe(rocAucScore(y, logits));
          }
        },
      ),
      { seed: 1 },
    );
  });

  test('is saved, and a file from before it, or without it, still loads', async () => {
    const folder = join(await mkdtemp(join(tmpdir(), 'thaw-')), 'model');
    const model = made();
    await model.save(folder);
    const path = join(folder, 'model.json');
    expect(JSON.parse(await readFile(path, 'utf8')).userDefinedMetadata.thaw).toMatchObject({ version: 1 });
    expect((await load(folder)).calibration).toBeUndefined();
    await tune(model, data);
    await model.save(folder);
    const loaded = await load(folder);
    expect(loaded.calibration).toEqual(model.calibration);
    expect(loaded.thresholds).toEqual(model.thresholds);
    expect(await loaded.predict(data)).toEqual(await model.predict(data));

    const json = JSON.parse(await readFile(path, 'utf8'));
    expect(json.userDefinedMetadata.thaw.version).toBe(2);
    json.userDefinedMetadata.thaw.calibration.slopes[0] = -1;
    await writeFile(path, JSON.stringify(json));
    await expect(load(folder)).rejects.toThrow(SavedModelError);
    await expect(load(folder)).rejects.toThrow(/slope above 0 .*as calibration/);
    model.dispose();
  });

  test('is kept for labels that stay', async () => {
    const model = made();
    await tune(model, data);
    const { slopes, intercepts } = model.calibration!;
    const more = classifier(model, { labels: ['Red', 'New', 'Bright'] });
    expect(more.calibration).toEqual({
      slopes: [slopes[1], 1, slopes[0]],
      intercepts: [intercepts[1], 0, intercepts[0]],
    });
    expect(more.thresholds).toEqual([model.thresholds[1], 0.5, model.thresholds[0]]);
  });

  test.each([
    ['a slope of 0', { slopes: [0, 1], intercepts: [0, 0] }, /received 0 and 0 for "Bright"/],
    ['an intercept of NaN', { slopes: [1, 1], intercepts: [0, Number.NaN] }, /received 1 and NaN for "Red"/],
    ['one slope', { slopes: [1], intercepts: [0, 0] }, /received undefined and 0 for "Red"/],
    ['three slopes', { slopes: [1, 1, 1], intercepts: [0, 0] }, /received 3 and 2 of them/],
    ['nothing', {}, /received undefined and undefined for "Bright"/],
  ])('is refused with %s', (_, calibration, message) => {
    const model = made();
    expect(() => {
      model.calibration = calibration as Calibration;
    }).toThrow(message);
  });
});

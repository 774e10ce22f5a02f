import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { classifier, DataMismatchError, ensemble, OptionError } from '../../src';
import { LABELS, tensorCount, tinyBackbone, tinyImages } from '../tiny';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const data = tinyImages(12);
const made = (seed: number) => classifier(tinyBackbone(), { labels: LABELS, seed });
const logit = (p: number) => Math.log(p) - Math.log1p(-p);

describe('ensemble', () => {
  test("gives the mean of the members' calibrated logits", async () => {
    const [one, other] = [made(6), made(13)];
    one.calibration = { slopes: [2, 3], intercepts: [1, -1] };
    const both = ensemble([one, other]);
    const [first, second] = [await one.predict(data), await other.predict(data)];
    const before = tensorCount();
    const done: number[] = [];
    const { data: found, shape } = await both.predict(data, {
      batchSize: 6,
      onProgress: (count, total) => done.push(count, total),
    });
    expect(tensorCount()).toBe(before);
    expect(shape).toEqual([12, 2]);
    expect(done).toEqual([6, 24, 12, 24, 18, 24, 24, 24]);
    for (const [at, value] of found.entries()) {
      expect(logit(value)).toBeCloseTo((logit(first.data[at]) + logit(second.data[at])) / 2, 4);
    }
  });

  test('weighs its members as it is told', async () => {
    const [one, other] = [made(6), made(13)];
    const [first, second] = [await one.predict(data), await other.predict(data)];
    const { data: found } = await ensemble([one, other], { weights: [6, 2] }).predict(data);
    for (const [at, value] of found.entries()) {
      expect(logit(value)).toBeCloseTo(0.75 * logit(first.data[at]) + 0.25 * logit(second.data[at]), 4);
    }
  });

  test.each([[[1]], [[1, 1, 1]], [[1, 0]], [[1, -1]], [[1, Number.NaN]], [[1, Number.POSITIVE_INFINITY]]])(
    'refuses the weights %j for two classifiers',
    (weights) => {
      expect(() => ensemble([made(1), made(2)], { weights })).toThrow(OptionError);
    },
  );

  test('refuses options that it does not have', () => {
    expect(() => ensemble([made(1)], { weight: [1] } as object)).toThrow(/weights/);
    expect(() => ensemble([made(1)], { weights: 'even' } as never)).toThrow(OptionError);
  });

  test.each<[string, unknown]>([
    ['a classifier without a list', made(1)],
    ['nothing', undefined],
    ['a list of nothing', [undefined]],
    ['another ensemble', [ensemble([made(1), made(2)])]],
  ])('refuses %s as members', (_, members) => {
    expect(() => ensemble(members as never)).toThrow(OptionError);
    expect(() => ensemble(members as never)).toThrow(
      /^ensemble: expected members to be a list of classifiers/,
    );
  });

  test('of one model is that model', async () => {
    const one = made(6);
    const alone = await one.predict(data);
    for (const [at, value] of (await ensemble([one]).predict(data)).data.entries()) {
      expect(value).toBeCloseTo(alone.data[at], 6);
    }
  });

  test('is evaluated, tuned and asked for single images as a classifier is; its members stay as they are', async () => {
    const members = [made(6), made(13)];
    const both = ensemble(members);
    const { thresholds, calibration } = await both.tune(data);
    expect([both.thresholds, both.calibration]).toEqual([thresholds, calibration]);
    expect(members.map((member) => member.calibration)).toEqual([undefined, undefined]);
    const evaluation = await both.evaluate(data, { augment: 'flip' });
    expect(evaluation.thresholds).toEqual(thresholds);
    const pixels = { data: new Uint8Array(192).fill(90), width: 8, height: 8 };
    expect((await both.classify([pixels]))[0].map(({ label }) => label).sort()).toEqual([...LABELS].sort());
    expect((await both.classify(pixels, { topK: 1 })).length).toBe(1);
  });

  test('refuses no member, other labels, and labels in another order', () => {
    const turned = classifier(tinyBackbone(), { labels: ['Red', 'Bright'] });
    const more = classifier(tinyBackbone(), { labels: [...LABELS, 'New'] });
    expect(() => ensemble([])).toThrow(OptionError);
    expect(() => ensemble([made(1), turned])).toThrow(DataMismatchError);
    expect(() => ensemble([made(1), turned])).toThrow(/label 0 of classifier 1 is "Red" instead of "Bright"/);
    expect(() => ensemble([made(1), made(2), more])).toThrow(
      /label 2 of classifier 2 is "New" instead of missing/,
    );
    const both = ensemble([made(1)]);
    expect(() => {
      both.thresholds = [0.5];
    }).toThrow(OptionError);
  });
});

import type { BatchEvent, HistoryRow } from '@thawjs/core';
import { describe, expect, test } from 'vitest';
import type { Marks } from '../../src/project/project';
import { describeProgress } from '../../src/training/describe-progress';
import { historyPanels } from '../../src/training/history-series';
import { titleOf } from '../../src/training/hosted-backbones';
import { planTraining } from '../../src/training/training-plan';
import { fineTuneOptions, type TrainingChoice } from '../../src/training/training-request';
import { trainingSet } from '../../src/training/training-set';
import { sampleModel } from '../sample-model';
import { sampleProject } from '../sample-project';

const many = (count: number, marks: (i: number) => Marks) =>
  sampleProject(Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}`, marks(i)])));
const half = (i: number): Marks => ({ D: i % 2 === 0 ? 1 : 0, R: i % 4 < 2 ? 1 : 0 });

describe('planTraining', () => {
  test('takes decided images and labels, and says what it leaves out', () => {
    const { labels, images, notes } = planTraining(
      many(30, (i): Marks => (i < 24 ? { D: half(i).D ?? 0, R: 0 } : {})),
    );
    expect(labels.map(({ name }) => name)).toEqual(['dog']);
    expect(images).toHaveLength(24);
    expect(notes).toEqual([
      'Left out, because all decided images have the same mark: red.',
      "6 images aren't decided, and aren't used.",
    ]);
  });

  test('takes images of which some labels are decided', () => {
    expect(
      planTraining(many(24, (i): Marks => (i < 12 ? half(i) : { D: half(i).D ?? 0 }))).images,
    ).toHaveLength(24);
  });

  test.each([
    ['no images', { labels: [], images: [] }, 'There are no images yet. Add images first.'],
    [
      'no labels',
      { ...many(12, half), labels: [] },
      'There are no labels yet. Add a label, and mark images.',
    ],
    ['nothing decided', many(12, () => ({})), 'No image is decided for "dog" yet.'],
    ['no positives', many(12, () => ({ D: 0, R: 0 })), 'No image has "dog", so nothing can learn it.'],
    ['too few images', many(9, half), 'Only 9 images are decided; a training needs 10'],
  ])('refuses %s in a sentence', (_, project, sentence) => {
    expect(() => planTraining(project)).toThrow(sentence);
  });
});

test('trainingSet keeps a fifth aside, splits each label evenly, and knows what is not decided', () => {
  const { train, validation } = trainingSet(
    planTraining(many(40, (i): Marks => (i < 36 ? half(i) : { D: 1 }))),
  );
  expect([train.length, validation.length]).toEqual([32, 8]);
  const withLabel = (label: string) => validation.filter(({ labels }) => labels.includes(label)).length;
  expect(withLabel('dog')).toBeGreaterThanOrEqual(4);
  expect(withLabel('red')).toBeGreaterThanOrEqual(3);
  const all = [...train, ...validation];
  expect(new Set(all.map(({ id }) => id)).size).toBe(40);
  expect(all.filter(({ unknown }) => unknown.join() === 'red')).toHaveLength(4);
});

const choice: TrainingChoice = { ...sampleModel({}).choice, fineTune: true, augment: true };
test.each([
  ['by default nothing is told', choice, {}],
  ['the head alone', { ...choice, fineTune: false, epochs: 3 }, { thaw: false }],
  ['epochs', { ...choice, epochs: 3 }, { thaw: { epochs: 3 } }],
  ['images as they are', { ...choice, augment: false }, { augment: false }],
])('fineTuneOptions: %s', (_, chosen, expected) => {
  expect(fineTuneOptions(chosen)).toEqual(expected);
});

const event: BatchEvent = {
  phase: 'thaw',
  activity: 'train',
  epoch: 1,
  epochs: 4,
  batch: 5,
  batches: 10,
  loss: 1,
  batchLoss: 1,
  secondsLeft: 240,
};
test.each<[Partial<BatchEvent>, string, number]>([
  [{}, 'Learning (now the whole network): epoch 2 of 4, about 4 minutes left', 0.375],
  [
    { phase: 'head', secondsLeft: 12.3 },
    'Learning (first the new head): epoch 2 of 4, about 13 seconds left',
    0.375,
  ],
  [
    { activity: 'features', secondsLeft: Number.NaN },
    'Looking at each image once (now the whole network): batch 5 of 10',
    0.5,
  ],
  [
    { activity: 'validate', epoch: 3, batch: 10, secondsLeft: 0 },
    'Checking (now the whole network): epoch 4 of 4',
    1,
  ],
])('describeProgress of %j', (more, text, done) => {
  expect(describeProgress({ ...event, ...more })).toEqual({ text, done });
});

test('historyPanels has a line for images learned from and one for images checked with; NaN is a gap', () => {
  const row = (loss: number, auc: number) =>
    ({ loss, val_loss: 2 * loss, auc, val_auc: auc }) as unknown as HistoryRow;
  const [loss, auc] = historyPanels([row(1, Number.NaN), row(0.5, 0.75)]);
  expect(loss?.series.map(({ values }) => values)).toEqual([
    [1, 0.5],
    [2, 1],
  ]);
  expect(auc?.series[0]?.values).toEqual([null, 0.75]);
});

test.each([
  ['efficientnet_lite0', 'EfficientNet Lite0'],
  ['mobilenet_v2', 'MobileNet V2'],
  ['face_resnet', 'Face ResNet'],
])('titleOf %s is %s', (name, title) => {
  expect(titleOf({ name })).toBe(title);
});

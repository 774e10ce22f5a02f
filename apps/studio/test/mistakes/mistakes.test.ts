import { describe, expect, test } from 'vitest';
import { mistakeKey, mistakesOf } from '../../src/mistakes/mistakes';
import { removeLabel } from '../../src/project/labels';
import { mark } from '../../src/project/marks';
import { sampleModel } from '../sample-model';
import { idsOf, sampleProject } from '../sample-project';

const project = sampleProject({ a: { D: 1, R: 0 }, b: { D: 0 }, c: { D: 1, R: 1 } });
const model = sampleModel({
  a: { part: 'train', scores: [0.25, 0.75] },
  b: { part: 'validation', scores: [0.625, 0.9] },
  c: { part: 'validation', scores: [0.5, 0] },
  gone: { part: 'train', scores: [1, 1] },
});
const told = (of: ReturnType<typeof mistakesOf>) =>
  of.map(({ image, label }) => `${image.name} ${label.name}`);

describe('mistakesOf', () => {
  test('lists what user and model disagree about, the surest first; undecided labels and removed images are none', () => {
    const mistakes = mistakesOf(project, model);
    expect(told(mistakes)).toEqual(['c red', 'a dog', 'a red', 'b dog']);
    expect(mistakes[1]).toMatchObject({ marked: 1, probability: 0.25, part: 'train' });
  });

  test('follows the thresholds', () => {
    expect(told(mistakesOf(project, { ...model, thresholds: [0.7, 0.8] }))).toEqual([
      'c red',
      'a dog',
      'c dog',
    ]);
  });

  test('leaves out marks that were mended, or found to be right', () => {
    const mended = mark(project, idsOf('c'), 'R', 'no');
    const settled = new Set([mistakeKey({ image: project.images[0], label: model.labels[0] })]);
    expect(told(mistakesOf(mended, model, settled))).toEqual(['a red', 'b dog']);
  });

  test('leaves out labels that were removed', () => {
    expect(told(mistakesOf(removeLabel(project, 'D'), model))).toEqual(['c red', 'a red']);
  });
});

import { describe, expect, test } from 'vitest';
import { balanceOf, togetherOf } from '../../src/balance/balance';
import type { Marks } from '../../src/project/project';
import { sampleProject } from '../sample-project';

const project = (marks: readonly Marks[]) =>
  sampleProject(Object.fromEntries(marks.map((m, i) => [`${i}`, m])));
const many = (yes: number, no: number) =>
  project([...Array<Marks>(yes).fill({ D: 1 }), ...Array<Marks>(no).fill({ D: 0 })]);

test('balanceOf counts, and takes the share of decided images', () => {
  const [dog] = balanceOf(project([{ D: 1 }, { D: 0 }, { D: 0 }, { D: 0 }, {}]));
  expect(dog).toMatchObject({ yes: 1, no: 3, undecided: 1, share: 0.25 });
});

describe('advice', () => {
  test.each([
    [0, 0, 'No image is decided for "dog" yet.'],
    [0, 20, 'No image has "dog", so nothing can learn it. Add images that have it.'],
    [20, 0, 'Every image has "dog", so nothing can tell it apart. Add images without it.'],
    [1, 20, 'Only 1 image has "dog"; 10 or more are better.'],
    [20, 9, 'Only 9 images lack "dog"; 10 or more are better.'],
    [10, 10, undefined],
  ])('%i with and %i without: %s', (yes, no, advice) => {
    expect(balanceOf(many(yes, no))[0]?.advice).toBe(advice);
  });
});

test('togetherOf counts the images that have both labels', () => {
  expect(togetherOf(project([{ D: 1, R: 1 }, { D: 1, R: 0 }, { R: 1 }]))).toEqual([2, 1, 1, 2]);
});

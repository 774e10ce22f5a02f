import { describe, expect, test } from 'vitest';
import { isDecided, labelsOf, mark, markNone, markOf, toggle } from '../../src/project/marks';
import { idsOf, sampleProject } from '../sample-project';

describe('mark', () => {
  test('gives a label, and decides the other labels of an image that was looked at for the first time', () => {
    const { images } = mark(sampleProject({ a: {}, b: {} }), idsOf('a'), 'D', 'yes');
    expect(images.map(({ marks }) => marks)).toEqual([{ D: 1, R: 0 }, {}]);
  });

  test('leaves labels as they are that were decided before', () => {
    const { images } = mark(sampleProject({ a: { R: 1 } }), idsOf('a'), 'D', 'no');
    expect(images[0]?.marks).toEqual({ D: 0, R: 1 });
  });

  test('can take a decision back without deciding anything else', () => {
    const { images } = mark(sampleProject({ a: { D: 1 } }), idsOf('a'), 'D', 'undecided');
    expect(images[0]?.marks).toEqual({});
  });
});

describe('toggle', () => {
  test.each([
    ['gives the label to all if one of them lacks it', { a: { D: 1 }, b: { D: 0 } }, [1, 1]],
    ['gives the label to all if one of them is undecided', { a: { D: 1 }, b: {} }, [1, 1]],
    ['takes the label from all if all of them have it', { a: { D: 1 }, b: { D: 1 } }, [0, 0]],
  ] as const)('%s', (_, marks, expected) => {
    const { images } = toggle(sampleProject(marks), idsOf('a', 'b'), 'D');
    expect(images.map((image) => image.marks.D)).toEqual(expected);
  });
});

test('markNone decides all labels, and takes those that were given', () => {
  const { images } = markNone(sampleProject({ a: { D: 1 } }), idsOf('a'));
  expect(images[0]?.marks).toEqual({ D: 0, R: 0 });
});

test('an image is decided if each label is, also as "no"', () => {
  const { labels } = sampleProject({});
  expect([{ D: 0, R: 1 }, { D: 1 }, {}].map((marks) => isDecided(marks as never, labels))).toEqual([
    true,
    false,
    false,
  ]);
});

test('markOf tells "no" from "not decided"', () => {
  expect(['D', 'R', 'X'].map((id) => markOf({ D: 1, R: 0 }, id))).toEqual(['yes', 'no', 'undecided']);
});

test('labelsOf lists what an image has, in the order of the project', () => {
  const { labels } = sampleProject({});
  expect(labelsOf({ R: 1, D: 1 }, labels).map(({ name }) => name)).toEqual(['dog', 'red']);
});

import { describe, expect, test } from 'vitest';
import { ALL, type Filter, filterImages } from '../../src/labelling/filter';
import { keepOnly, NOTHING, selectAll, selectRange, toggleOne } from '../../src/labelling/selection';
import { LABEL_KEYS, moveIn, shortcutOf } from '../../src/labelling/shortcuts';
import { sampleProject } from '../sample-project';

const project = sampleProject({ a: { D: 1, R: 0 }, b: { D: 0, R: 0 }, Cat: { D: 1 }, d: {} });

describe('filterImages', () => {
  test.each<[string, Partial<Filter>, string]>([
    ['all', {}, 'a b Cat d'],
    ['images that are not decided', { kind: 'undecided' }, 'Cat d'],
    ['images that have none of the labels', { kind: 'none' }, 'b'],
    ['images that have a label', { kind: 'label', label: 'D' }, 'a Cat'],
    ['images that lack a label', { kind: 'label', label: 'R', mark: 'no' }, 'a b'],
    ['images that are not decided for a label', { kind: 'label', label: 'R', mark: 'undecided' }, 'Cat d'],
    ['all, if the label is gone', { kind: 'label', label: 'gone' }, 'a b Cat d'],
    ['names that contain a text, in any case', { text: ' A' }, 'a Cat'],
  ])('lets through %s', (_, filter, names) => {
    const through = filterImages(project, { ...ALL, ...filter });
    expect(through.map(({ name }) => name).join(' ')).toBe(names);
  });
});

describe('a selection', () => {
  const shown = ['a', 'b', 'c', 'd'];

  test('grows and shrinks image by image', () => {
    const twice = toggleOne(toggleOne(NOTHING, 'a'), 'b');
    expect([...twice.ids]).toEqual(['a', 'b']);
    expect([...toggleOne(twice, 'a').ids]).toEqual(['b']);
  });

  test('takes a range from the image that was chosen last, in either direction', () => {
    expect([...selectRange(toggleOne(NOTHING, 'c'), shown, 'a').ids].sort()).toEqual(['a', 'b', 'c']);
    expect([...selectRange(toggleOne(NOTHING, 'b'), shown, 'd').ids].sort()).toEqual(['b', 'c', 'd']);
  });

  test('forgets images that are gone', () => {
    expect([...keepOnly(selectAll(shown), new Set(['b'])).ids]).toEqual(['b']);
  });
});

describe('shortcutOf', () => {
  const press = (key: string, more = {}) =>
    shortcutOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });

  test('knows the labels by digits, then letters, in either case', () => {
    expect(press('1')).toEqual({ kind: 'label', index: 0 });
    expect(press('q')).toEqual({ kind: 'label', index: 9 });
    expect(press('Q')).toEqual({ kind: 'label', index: 9 });
    expect(new Set(LABEL_KEYS).size).toBe(LABEL_KEYS.length);
  });

  test.each([
    ['0', {}, 'none'],
    [' ', {}, 'select'],
    ['a', { ctrlKey: true }, 'all'],
    ['PageDown', {}, 'page'],
  ])('%j %j means %s', (key, more, kind) => {
    expect(press(key, more)?.kind).toBe(kind);
  });

  test('leaves the keys of the browser alone', () => {
    expect(press('c', { ctrlKey: true })).toBeUndefined();
    expect(press('1', { altKey: true })).toBeUndefined();
    expect(press('Tab')).toBeUndefined();
  });
});

test.each([
  ['right', 1, 2],
  ['left', 0, -1],
  ['right', 4, 5],
  ['up', 1, 1],
  ['down', 1, 4],
  ['down', 3, 3],
  ['up', 4, 1],
  ['home', 4, 0],
  ['end', 1, 4],
] as const)('in rows of three with five tiles, %s from %i leads to %i', (by, from, to) => {
  expect(moveIn(from, by, { count: 5, columns: 3 })).toBe(to);
});

import { describe, expect, test } from 'vitest';
import { addLabel, removeLabel, renameLabel } from '../../src/project/labels';
import { sampleProject } from '../sample-project';

test('a new label is undecided for all images', () => {
  const project = addLabel(sampleProject({ a: { D: 1, R: 0 } }), ' hat\n ', 'H');
  expect(project.labels.at(-1)).toEqual({ id: 'H', name: 'hat' });
  expect(project.images[0]?.marks).toEqual({ D: 1, R: 0 });
});

describe('a name is refused in a sentence', () => {
  test.each([
    ['', 'Type the name of the label first.'],
    ['  ', 'Type the name of the label first.'],
    ['DOG', 'There is a label "DOG" already. Choose another name.'],
    ['x'.repeat(61), "A label's name may have 60 characters; this one has 61. Shorten it."],
  ])('%j', (name, sentence) => {
    expect(() => addLabel(sampleProject({}), name)).toThrow(sentence);
  });
});

test('renaming keeps the marks, and may change only upper and lower case', () => {
  const project = renameLabel(sampleProject({ a: { D: 1 } }), 'D', 'Dog');
  expect(project.labels[0]).toEqual({ id: 'D', name: 'Dog' });
  expect(project.images[0]?.marks).toEqual({ D: 1 });
  expect(() => renameLabel(project, 'D', 'red')).toThrow('There is a label "red" already.');
});

test('removing a label removes its marks, and nothing else', () => {
  const project = removeLabel(sampleProject({ a: { D: 1, R: 1 } }), 'D');
  expect(project.labels.map(({ id }) => id)).toEqual(['R']);
  expect(project.images[0]?.marks).toEqual({ R: 1 });
});

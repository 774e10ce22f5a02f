import { expect, test } from 'vitest';
import { addImages } from '../../src/project/new-images';
import { sampleImage, sampleProject } from '../sample-project';

test('the same file is added once, under whatever names it comes', () => {
  const twice = { ...sampleImage('copy.png'), hash: 'hash of a.png' };
  const { project, added, duplicates } = addImages(sampleProject({ 'a.png': {} }), [
    twice,
    sampleImage('b.png'),
  ]);
  expect(project.images.map(({ name }) => name)).toEqual(['a.png', 'b.png']);
  expect(added.map(({ name }) => name)).toEqual(['b.png']);
  expect(duplicates).toEqual(['copy.png']);
});

test('another image of a name that is taken gets a number that is free', () => {
  const others = ['1', '2', '3'].map((hash) => ({ ...sampleImage('cats.v1/a.png'), hash }));
  const { project, renamed } = addImages(sampleProject({ 'cats.v1/a (2).png': {} }), others);
  expect(project.images.map(({ name }) => name)).toEqual([
    'cats.v1/a (2).png',
    'cats.v1/a.png',
    'cats.v1/a (3).png',
    'cats.v1/a (4).png',
  ]);
  expect(renamed).toEqual([
    { from: 'cats.v1/a.png', to: 'cats.v1/a (3).png' },
    { from: 'cats.v1/a.png', to: 'cats.v1/a (4).png' },
  ]);
});

test('a name without extension gets its number at the end', () => {
  const { project } = addImages(sampleProject({ 'cats.v1/a': {} }), [
    { ...sampleImage('cats.v1/a'), hash: '1' },
  ]);
  expect(project.images[1]?.name).toBe('cats.v1/a (2)');
});

import { expect, test } from 'vitest';
import { NO_PAST, redo, remember, undo } from '../../src/project/undo';
import { sampleProject } from '../sample-project';

const [first, second, third] = [
  sampleProject({ a: {} }),
  sampleProject({ a: {}, b: {} }),
  sampleProject({ a: {}, b: {}, c: {} }),
];
const twice = remember(remember(NO_PAST, first, 'add b'), second, 'add c');

test('states come back one after the other, the newest first', () => {
  const once = undo(twice, third);
  expect(once?.project).toBe(second);
  expect(undo(once?.past ?? NO_PAST, second)?.project).toBe(first);
  expect(undo(NO_PAST, first)).toBeUndefined();
});

test('what was taken back can be made again, until something else is changed', () => {
  const once = undo(twice, third)?.past ?? NO_PAST;
  const all = undo(once, second)?.past ?? NO_PAST;
  expect(all.undone.map(({ what }) => what)).toEqual(['add c', 'add b']);
  const again = redo(all, first);
  expect(again?.project).toBe(second);
  expect(redo(again?.past ?? NO_PAST, second)?.project).toBe(third);
  expect(redo(twice, third)).toBeUndefined();
  expect(redo(remember(all, first, 'mark a'), first)).toBeUndefined();
});

test('changes of one group are one step back', () => {
  const group = {};
  const pieces = remember(remember(NO_PAST, first, 'add 20 images', group), second, 'add 40 images', group);
  expect(pieces.states).toEqual([{ project: first, what: 'add 40 images', group }]);
  expect(remember(pieces, third, 'mark 1 image').states).toHaveLength(2);
  expect(remember(pieces, third, 'add 1 image', {}).states).toHaveLength(2);
});

test('a hundred states are kept', () => {
  let past = NO_PAST;
  for (let i = 0; i < 150; i++) past = remember(past, sampleProject({}), `${i}`);
  expect(past.states.map(({ what }) => what).slice(0, 1)).toEqual(['50']);
  expect(past.states).toHaveLength(100);
});

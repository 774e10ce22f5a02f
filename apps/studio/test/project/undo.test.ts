import { expect, test } from 'vitest';
import { NO_PAST, remember, undo } from '../../src/project/undo';
import { sampleProject } from '../sample-project';

test('states come back one after the other, the newest first', () => {
  const [first, second] = [sampleProject({ a: {} }), sampleProject({ a: {}, b: {} })];
  const past = remember(remember(NO_PAST, first, 'add'), second, 'mark');
  const once = undo(past);
  expect(once?.project).toBe(second);
  expect(undo(once?.past ?? NO_PAST)?.project).toBe(first);
  expect(undo(NO_PAST)).toBeUndefined();
});

test('a hundred states are kept', () => {
  let past = NO_PAST;
  for (let i = 0; i < 150; i++) past = remember(past, sampleProject({}), `${i}`);
  expect(past.states.map(({ what }) => what).slice(0, 1)).toEqual(['50']);
  expect(past.states).toHaveLength(100);
});

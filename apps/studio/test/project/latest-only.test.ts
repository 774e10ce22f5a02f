import { expect, test } from 'vitest';
import { latestOnly } from '../../src/project/latest-only';

test('the first value is written at once, and values that a newer one overtakes are left out', async () => {
  const written: number[] = [];
  const write = latestOnly<number>(
    async (value) => {
      written.push(value);
      await Promise.resolve();
    },
    () => {},
  );
  const done = write(1);
  expect(written).toEqual([1]);
  write(2);
  write(3);
  await done;
  expect(written).toEqual([1, 3]);
  await write(4);
  expect(written).toEqual([1, 3, 4]);
});

test('after a failure, which is told, later values are written', async () => {
  const errors: unknown[] = [];
  const written: string[] = [];
  const write = latestOnly<string>(
    async (value) => {
      if (value === 'bad') throw new Error('no room');
      written.push(value);
    },
    (error) => errors.push(error),
  );
  await write('bad');
  await write('good');
  expect(errors).toEqual([new Error('no room')]);
  expect(written).toEqual(['good']);
});

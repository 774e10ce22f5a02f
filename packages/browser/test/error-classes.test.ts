import * as backends from '@thawjs/backends';
import * as core from '@thawjs/core';
import * as datasets from '@thawjs/datasets';
import { expect, test } from 'vitest';
import * as browser from '../src';
import { errorClasses } from '../src/error-classes';
import { revivedError } from '../src/revive-error';
import { outcomeOf } from '../src/worker/outcome-of';

const { ThawError } = core;

test('every error class that a worker’s code can throw is known to the page, by its name', () => {
  const all = [backends, core, datasets, browser].flatMap((one) => Object.entries(one));
  const isErrorClass = (value: unknown) =>
    typeof value === 'function' && value.prototype instanceof Error && value !== ThawError;
  const expected = all.filter(([, value]) => isErrorClass(value)).map(([name]) => name);
  expect(Object.keys(errorClasses).sort()).toEqual([...new Set(expected)].sort());
  for (const [name, Class] of all.filter(([, value]) => isErrorClass(value)))
    expect(errorClasses[name]).toBe(Class);
});

/** An error on its way through a worker's message. */
async function sent(error: unknown): Promise<unknown> {
  const outcome = await outcomeOf(() => {
    throw error;
  });
  if (!('error' in outcome)) throw new Error('an error became a value');
  return revivedError(structuredClone(outcome.error));
}

test('an error keeps class, code, message, fields and cause on the way from the worker', async () => {
  const cause = new TypeError('no network');
  const error = new core.DownloadError('https://example.org/a', 'download: expected a file.', { cause });
  const got = await sent(error);
  expect(got).toBeInstanceOf(core.DownloadError);
  expect(got).toBeInstanceOf(ThawError);
  expect(got).toMatchObject({
    name: 'DownloadError',
    code: error.code,
    message: error.message,
    url: error.url,
  });
  expect((got as Error).stack).toBe(error.stack);
  expect((got as Error).cause).toBeInstanceOf(TypeError);
  expect((got as Error).cause).toMatchObject({ message: 'no network' });
  expect(String(got)).toBe(String(error));
});

test('errors of others, and what is no error, come as the browser copies them', async () => {
  const other = await sent(new RangeError('too long'));
  expect(other).toBeInstanceOf(RangeError);
  expect(await sent('a text')).toBe('a text');
  const odd = new core.OptionError('odd', { cause: () => 1 });
  expect((await sent(odd)) as Error).toMatchObject({ message: 'odd' });
});

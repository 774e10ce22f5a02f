import { describe, expect, test, vi } from 'vitest';
import { markThawError, ThawError } from '../src/thaw-error';

class MeltedError extends ThawError {
  override readonly name = 'MeltedError';
  readonly code = 'ERR_MELTED';
}

class VeryMeltedError extends MeltedError {}

class DepthError extends RangeError implements ThawError {
  override readonly name = 'DepthError';
  readonly code = 'ERR_DEPTH';

  constructor(message: string) {
    super(message);
    markThawError(this);
  }
}

describe('instanceof ThawError', () => {
  test.each([
    ['an error of a class that extends ThawError', new MeltedError('m'), true],
    ['an error of a class below that', new VeryMeltedError('m'), true],
    ['a marked RangeError', new DepthError('m'), true],
    ['a plain Error', new Error('m'), false],
    ['a plain RangeError', new RangeError('m'), false],
    ['an object with code and message', { code: 'ERR_MELTED', message: 'm' }, false],
    ['a string', 'ERR_MELTED', false],
    ['null', null, false],
    ['undefined', undefined, false],
  ])('%s: %#', (_, value, expected) => {
    expect(value instanceof ThawError).toBe(expected);
  });

  test('holds for errors of another copy of the class', async () => {
    vi.resetModules();
    const other: typeof import('../src/thaw-error') = await import('../src/thaw-error');
    expect(other.ThawError).not.toBe(ThawError);
    class OtherError extends other.ThawError {
      readonly code = 'ERR_OTHER';
    }
    expect(new OtherError('m')).toBeInstanceOf(ThawError);
    expect(new MeltedError('m')).toBeInstanceOf(other.ThawError);
  });
});

describe('a class that extends ThawError', () => {
  test('is told apart from its siblings', () => {
    expect(new VeryMeltedError('m')).toBeInstanceOf(MeltedError);
    expect(new MeltedError('m')).not.toBeInstanceOf(VeryMeltedError);
    expect(new DepthError('m')).not.toBeInstanceOf(MeltedError);
  });

  test('keeps message, cause and the name that it gives itself', () => {
    const cause = new Error('inner');
    const error = new MeltedError('outer', { cause });
    expect([error.message, error.cause, error.name, String(error)]).toEqual([
      'outer',
      cause,
      'MeltedError',
      'MeltedError: outer',
    ]);
  });

  test('shows no mark: keys, JSON and comparison are those of an ordinary error', () => {
    expect(Object.keys(new MeltedError('m')).sort()).toEqual(['code', 'name']);
    expect(Object.getOwnPropertySymbols(JSON.parse(JSON.stringify(new MeltedError('m'))))).toEqual([]);
  });
});

test('a marked RangeError stays a RangeError', () => {
  expect(new DepthError('m')).toBeInstanceOf(RangeError);
});

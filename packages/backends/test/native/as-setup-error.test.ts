import { describe, expect, it } from 'vitest';
import { asSetupError } from '../../src/native/as-setup-error';

describe('asSetupError', () => {
  it.each([
    ['ENOSPC', 'ERR_NATIVE_DISK_FULL'],
    ['EDQUOT', 'ERR_NATIVE_DISK_FULL'],
    ['EACCES', 'ERR_NATIVE_NOT_WRITABLE'],
    ['EROFS', 'ERR_NATIVE_NOT_WRITABLE'],
    ['ENOTDIR', 'ERR_NATIVE_NOT_WRITABLE'],
  ])('makes of %s the error %s, with the remedy and the cause', (code, expected) => {
    const cause = Object.assign(new Error(`${code}: write`), { code });
    expect(asSetupError(cause, 'Unpacking')).toMatchObject({
      code: expected,
      cause,
      remedy: expect.stringContaining('XDG_CACHE_HOME'),
    });
  });

  it('passes anything else on as it is', () => {
    const fault = new RangeError('a fault of ours');
    expect(asSetupError(fault, 'Unpacking')).toBe(fault);
  });
});

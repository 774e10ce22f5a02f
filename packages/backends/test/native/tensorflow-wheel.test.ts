import { describe, expect, it } from 'vitest';
import { tensorflowWheel } from '../../src/native/tensorflow-wheel';

describe('tensorflowWheel', () => {
  it.each([
    ['linux', 'x64', 'tensorflow-cpu', 'libtensorflow_cc.so.2'],
    ['linux', 'arm64', 'tensorflow', 'libtensorflow_cc.so.2'],
    ['darwin', 'arm64', 'tensorflow', 'libtensorflow_cc.2.dylib'],
  ])('knows the wheel for %s-%s', (platform, arch, project, library) => {
    const wheel = tensorflowWheel(platform, arch, '2.36');
    expect(wheel).toMatchObject({ project, version: '2.21.0' });
    expect(wheel.libraries[0]).toBe(library);
    expect(wheel.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['win32', 'x64', ''],
    ['darwin', 'x64', ''],
    ['linux', 'x64', '2.26'],
    ['linux', 'x64', ''],
  ])('refuses %s-%s with glibc [%s], and says what works', (platform, arch, glibc) => {
    expect(() => tensorflowWheel(platform, arch, glibc)).toThrow(
      expect.objectContaining({
        code: 'ERR_NATIVE_UNSUPPORTED_PLATFORM',
        message: expect.stringContaining('wasm'),
      }),
    );
  });
});

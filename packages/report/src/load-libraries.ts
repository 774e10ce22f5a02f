import * as libraries from './bundled-libraries';

/**
 * The libraries that draw. In the published package they are half of the code. They are loaded at the first
 * call (tools/build/bundle-libraries.ts), so that importing the package is fast.
 */
export function loadLibraries(): typeof libraries {
  return libraries;
}

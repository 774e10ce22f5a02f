import * as libraries from './bundled-libraries';

/**
 * The libraries that draw. In the published package their code, half of the whole, runs at the first call
 * (tools/build/bundle-libraries.ts), so that importing the package costs little.
 */
export function loadLibraries(): typeof libraries {
  return libraries;
}

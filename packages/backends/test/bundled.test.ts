import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inlineWasmBinary } from '../../../tools/build/inline-wasm-binary';
import { findNative } from '../src/native/find-native';
import { runCommand } from '../src/native/run-command';

const here = dirname(fileURLToPath(import.meta.url));
const hasNative = 'addon' in findNative();
const REQUIRE =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-bundled-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What the one file prints that a bundler makes of a program, in a folder where there is nothing else. */
async function runBundled(format: 'cjs' | 'esm', backend: string): Promise<string> {
  const file = `program.${format === 'cjs' ? 'cjs' : 'mjs'}`;
  await build({
    entryPoints: [join(here, 'use-backend-child.ts')],
    bundle: true,
    platform: 'node',
    format,
    banner: format === 'esm' ? { js: REQUIRE } : {},
    outfile: join(folder, 'built', file),
    plugins: [inlineWasmBinary],
    logLevel: 'error',
  });
  copyFileSync(join(folder, 'built', file), join(folder, file));
  return (await runCommand(process.execPath, [file, backend], { cwd: folder })).output;
}

describe('a program that is bundled into one file and moved', () => {
  it.each(['cjs', 'esm'] as const)('has the wasm backend, as %s', async (format) => {
    expect(await runBundled(format, 'wasm')).toBe('backend: wasm\n9\n');
  });

  it.runIf(hasNative).each(['cjs', 'esm'] as const)('has the native backend, as %s', async (format) => {
    expect(await runBundled(format, 'native')).toMatch(/^backend: native \(TensorFlow [\d.]+\)\n9\n$/);
  });
});

import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BackendUnavailableError, useBestBackend } from '../src/index';
import { findNative } from '../src/native/find-native';
import { runCommand } from '../src/native/run-command';
import { type FakeWorld, makeFakeWorld } from './native/fake-tensorflow';

const CHILD = fileURLToPath(new URL('./use-backend-child.ts', import.meta.url));
const hasNative = 'addon' in findNative();

let world: FakeWorld | undefined;
afterEach(() => {
  vi.unstubAllGlobals();
  world?.remove();
  world = undefined;
});

describe('useBestBackend', () => {
  it('takes wasm and says so in one line', async () => {
    const lines: string[] = [];
    const chosen = await useBestBackend({ prefer: ['wasm', 'cpu'], log: (line) => lines.push(line) });
    expect(chosen).toEqual({ name: 'wasm', reasons: [] });
    expect(lines).toEqual(['backend: wasm']);
    expect(tf.getBackend()).toBe('wasm');
  });

  it('says why there is no faster one, and what to run', async () => {
    world = await makeFakeWorld();
    const lines: string[] = [];
    const chosen = await useBestBackend({
      project: world.project,
      cache: world.cache,
      log: (line) => lines.push(line),
    });
    expect(chosen.name).toBe('wasm');
    expect(chosen.reasons).toEqual([
      { name: 'native', reason: 'it is not set up', remedy: 'Run npx thaw-backends setup.' },
    ]);
    expect(lines).toEqual([
      'backend: wasm; no native backend: it is not set up. Run npx thaw-backends setup.',
    ]);
  });

  it("never falls to cpu in silence, nor with a browser's advice in Node", async () => {
    vi.stubGlobal('WebAssembly', undefined);
    const lines: string[] = [];
    await useBestBackend({ prefer: ['wasm', 'cpu'], log: (line) => lines.push(line) });
    expect(lines).toEqual([
      'backend: cpu; no wasm backend: this runtime has no WebAssembly. Run npx thaw-backends doctor, which says more.',
    ]);
  });

  it('needs no wasmPath in Node, and one that is meant for the browser does no harm', async () => {
    const env = { ...process.env, WASM_PATH: '/static/wasm/' };
    const args = ['--import', 'tsx', CHILD, 'wasm'];
    const { output } = await runCommand(process.execPath, args, { cwd: dirname(CHILD), env });
    expect(output).toBe('backend: wasm\n9\n');
  });

  it('throws where none of the preferred ones works', async () => {
    world = await makeFakeWorld();
    const attempt = useBestBackend({
      prefer: ['native'],
      project: world.project,
      cache: world.cache,
      log: () => {},
    });
    await expect(attempt).rejects.toThrow(BackendUnavailableError);
    await expect(attempt).rejects.toMatchObject({
      code: 'ERR_BACKEND_UNAVAILABLE',
      reasons: [{ name: 'native' }],
    });
  });

  it('refuses a backend that it does not know', async () => {
    await expect(useBestBackend({ prefer: ['tensorflow' as 'native'] })).rejects.toThrow(
      'useBestBackend: expected prefer to hold native, webgpu, webgl, wasm, cpu; received tensorflow.',
    );
  });

  it('leaves no hooks of the wasm module for uncaught errors', async () => {
    const before = process.listenerCount('uncaughtException');
    await useBestBackend({ prefer: ['wasm'], log: () => {} });
    expect(process.listenerCount('uncaughtException')).toBe(before);
  });

  it.each([...(hasNative ? ['native'] : []), 'wasm', 'cpu'])(
    'writes nothing to stderr with %s',
    async (name) => {
      const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: undefined };
      const result = await runCommand(process.execPath, ['--import', 'tsx', CHILD, name], {
        cwd: dirname(CHILD),
        env,
      });
      expect(result.output).toBe(result.stdout);
      expect(result.stdout).toMatch(new RegExp(`^backend: ${name}.*\\n9\\n$`));
    },
  );

  it.runIf(hasNative)("leaves the user's own TF_CPP_MIN_LOG_LEVEL alone", async () => {
    const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '0' };
    const result = await runCommand(process.execPath, ['--import', 'tsx', CHILD, 'native'], {
      cwd: dirname(CHILD),
      env,
    });
    expect(result.output).toContain('cpu_feature_guard');
  });
});

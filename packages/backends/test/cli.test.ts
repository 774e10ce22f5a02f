import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../src/native/run-command';
import { type FakeWorld, HAS_COMPILER, makeFakeWorld } from './native/fake-tensorflow';

const source = join(dirname(fileURLToPath(import.meta.url)), '..', 'src', 'cli.ts');
const tsx = import.meta.resolve('tsx');
let world: FakeWorld;

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return runCommand(process.execPath, ['--import', tsx, source, ...args], {
    cwd: world.project,
    env: { ...process.env, XDG_CACHE_HOME: world.cache, ...env },
  });
}

describe('thaw-backends', () => {
  beforeEach(async () => {
    world = await makeFakeWorld();
  });
  afterEach(() => world.remove());

  it.runIf(HAS_COMPILER)('setup makes the native backend ready, and then has one line to say', async () => {
    const first = await run(['setup', '--wheel', world.wheel, '--tfjs-node', world.tfjsNode]);
    expect(first).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/TensorFlow 9\.9\.9-fake is ready/),
    });
    const second = await run(['setup']);
    expect(second).toMatchObject({ code: 0, output: 'native backend: TensorFlow 9.9.9-fake\n' });
  });

  it('setup ends well where only wasm can be had, and says how to get native', async () => {
    const env = { CXX: join(world.root, 'no-compiler') };
    const result = await run(['setup'], env);
    expect(result.code).toBe(0);
    expect(result.stdout).toMatch(
      /native backend: not available; wasm will be used\. No C\+\+ compiler was found.*\n$/,
    );
    expect((await run(['setup', '--strict'], env)).code).toBe(1);
  });

  it('doctor prints a table, or data', async () => {
    expect((await run(['doctor'])).stdout).toMatch(/^Node {7}v\d+[\s\S]*backend {4}wasm[\s\S]*✓ cpu/);
    expect(JSON.parse((await run(['doctor', '--json'])).stdout)).toMatchObject({ backend: 'wasm' });
  });

  it.each([[[]], [['repair']], [['setup', '--from', 'the-moon']], [['setup', '--frm', 'wheel']]])(
    'prints its usage and exits 2 for %j',
    async (args) => {
      const result = await run(args);
      expect(result.code).toBe(2);
      expect(result.output).toContain('thaw-backends setup');
    },
  );
});

import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nativeFolder } from '../../src/native/native-folder';
import { nativeFault } from '../../src/native/native-manifest';
import type { NativeSetupError } from '../../src/native/native-setup-error';
import { runCommand } from '../../src/native/run-command';
import { setupNative } from '../../src/native/setup-native';
import type { NativeSetupOptions } from '../../src/native/setup-run';
import { tensorflowFolder } from '../../src/native/tensorflow-cache';
import { tensorflowWheel } from '../../src/native/tensorflow-wheel';
import { FAKE_VERSION, type FakeWorld, HAS_COMPILER, makeFakeWorld } from './fake-tensorflow';

const here = dirname(fileURLToPath(import.meta.url));
const NOWHERE = join(here, 'there-is-no-such-program');

let world: FakeWorld;

/** A set-up from the fake wheel, silently. */
function setUp(options: NativeSetupOptions = {}) {
  return setupNative({
    project: world.project,
    cache: world.cache,
    wheel: world.wheel,
    tfjsNode: world.tfjsNode,
    log: () => {},
    ...options,
  });
}

async function failure(options: NativeSetupOptions = {}): Promise<NativeSetupError> {
  return setUp(options).then(
    () => expect.fail('the set-up should have failed'),
    (error: NativeSetupError) => error,
  );
}

function libraries(): string {
  return tensorflowFolder(world.cache, tensorflowWheel());
}

function library(): string {
  return join(libraries(), tensorflowWheel().libraries[0]);
}

function native(): string {
  return nativeFolder(world.cache);
}

/** The folders of the cache, one a TensorFlow and one a native backend; an unfinished one would begin with a dot. */
function cacheEntries(): string[] {
  return ['tensorflow', 'native'].flatMap((part) => {
    const folder = join(world.cache, part);
    return existsSync(folder) ? readdirSync(folder) : [];
  });
}

describe.runIf(HAS_COMPILER)('setupNative, on a small wheel and a small tfjs-node', () => {
  beforeEach(async () => {
    world = await makeFakeWorld();
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    world.remove();
  });

  it('compiles the addon against the libraries of the wheel, into the cache', async () => {
    const made = await setUp();
    expect(made).toMatchObject({ tensorflow: FAKE_VERSION, from: 'wheel', addon: world.addon });
    expect(existsSync(world.addon)).toBe(true);
  });

  it('keeps the libraries, the headers, the addons and their scripts, and nothing else', async () => {
    await setUp();
    expect(readdirSync(libraries()).sort()).toEqual(
      ['include', 'manifest.json', ...tensorflowWheel().libraries].sort(),
    );
    expect(readdirSync(join(libraries(), 'include'))).toEqual(['tensorflow']);
    expect(readdirSync(native()).sort()).toEqual(
      ['manifest.json', 'node_modules', 'tensorflow.node', 'tfjs_binding.node'].sort(),
    );
    expect(cacheEntries()).toHaveLength(2);
  });

  it('finds an addon that loads and leaves it alone', async () => {
    await setUp();
    const before = statSync(world.addon).mtimeMs;
    const again = await setUp();
    expect(again).toMatchObject({ tensorflow: FAKE_VERSION, from: 'present' });
    expect(statSync(world.addon).mtimeMs).toBe(before);
  });

  it('needs nothing of the project, so that a clean install there changes nothing', async () => {
    await setUp();
    rmSync(world.project, { recursive: true });
    mkdirSync(world.project);
    vi.stubEnv('CXX', NOWHERE);
    vi.stubEnv('THAW_PYTHON', NOWHERE);
    const again = await setUp({ wheel: undefined, tfjsNode: undefined });
    expect(again).toMatchObject({ tensorflow: FAKE_VERSION, from: 'present' });
    expect(Object.keys(again.seconds)).toEqual(['load']);
  });

  it('makes a cache that may be moved as a whole', async () => {
    await setUp();
    const moved = join(world.root, 'moved');
    renameSync(world.cache, moved);
    expect(await setUp({ cache: moved, wheel: undefined, tfjsNode: undefined })).toMatchObject({
      tensorflow: FAKE_VERSION,
      from: 'present',
      addon: join(nativeFolder(moved), 'tfjs_binding.node'),
    });
  });

  it('links the addon into a tfjs-node that is installed without one, and leaves its own alone', async () => {
    const installed = world.installTfjsNode();
    const addon = join(installed, 'lib', 'napi-v8', 'tfjs_binding.node');
    await setUp();
    expect(realpathSync(addon)).toBe(realpathSync(world.addon));
    rmSync(addon);
    writeFileSync(addon, 'its own');
    await setUp();
    expect(readFileSync(addon, 'utf8')).toBe('its own');
  });

  it('does without a node_modules that may be written to', async () => {
    const installed = world.installTfjsNode();
    // Whoever runs the tests: nothing can be made below a file.
    writeFileSync(join(installed, 'lib'), '');
    expect(await setUp()).toMatchObject({ tensorflow: FAKE_VERSION, from: 'wheel', addon: world.addon });
  });

  it('makes the folder anew if something of it is damaged', async () => {
    await setUp();
    truncateSync(world.addon, 100);
    expect(nativeFault(native())).toContain('is damaged (100 bytes of');
    expect(await setUp()).toMatchObject({ from: 'wheel' });
    expect(nativeFault(native())).toBeUndefined();
  });

  it('redoes a cache without its completion marker, and removes what an interrupted set-up left', async () => {
    mkdirSync(libraries(), { recursive: true });
    writeFileSync(library(), 'half a libr');
    mkdirSync(join(world.cache, 'tensorflow', '.partial-1-1'));
    mkdirSync(join(world.cache, 'native', '.partial-1-1'), { recursive: true });
    expect(await setUp()).toMatchObject({ from: 'wheel' });
    expect(cacheEntries()).toHaveLength(2);
  });

  it('tells a truncated library before it is loaded, and redoes it', async () => {
    await setUp();
    truncateSync(library(), statSync(library()).size - 100);
    expect(nativeFault(native())).toContain('is damaged');
    expect(await setUp()).toMatchObject({ from: 'wheel' });
    expect(nativeFault(native())).toBeUndefined();
  });

  it('tells a library that is gone', async () => {
    await setUp();
    rmSync(library());
    expect(nativeFault(native())).toContain('is gone');
    expect(await setUp()).toMatchObject({ from: 'wheel' });
  });

  it('redoes a library of the right size that does not load', async () => {
    await setUp();
    writeFileSync(library(), new Uint8Array(statSync(library()).size));
    expect(await setUp()).toMatchObject({ tensorflow: FAKE_VERSION, from: 'wheel' });
  });

  it('with verify, redoes a library that loads but is not what was unpacked', async () => {
    await setUp();
    const bytes = readFileSync(library());
    bytes[bytes.length - 1] = bytes[bytes.length - 1] ^ 1;
    writeFileSync(library(), bytes);
    expect(await setUp()).toMatchObject({ from: 'present' });
    expect(await setUp({ verify: true })).toMatchObject({ from: 'wheel' });
  });

  it('lets several processes set up at once: one compiles, all end with a backend that loads', async () => {
    const runs = await Promise.all([1, 2, 3].map(() => setUpInChild()));
    expect(runs.map(({ tensorflow }) => tensorflow)).toEqual([FAKE_VERSION, FAKE_VERSION, FAKE_VERSION]);
    expect(runs.filter(({ from }) => from === 'wheel')).toHaveLength(1);
    expect(cacheEntries()).toHaveLength(2);
  });

  it('takes over where the process that held the lock died', async () => {
    const lock = join(world.cache, '.lock');
    mkdirSync(lock, { recursive: true });
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(lock, longAgo, longAgo);
    expect(await setUp()).toMatchObject({ from: 'wheel' });
  });

  it('passes on what the library writes to stderr while it is loaded, without its start-up chatter', async () => {
    await setUp();
    const quiet = await runCommand(process.execPath, ['-e', `require(${JSON.stringify(world.addon)})`]);
    expect(quiet.output).toBe('E0000 a real fault\n');
    const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '0' };
    const loud = await runCommand(process.execPath, ['-e', `require(${JSON.stringify(world.addon)})`], {
      env,
    });
    expect(loud.output).toContain('oneDNN custom operations are on');
  });

  it('refuses a cache where no folder can be made, and says how to choose another', async () => {
    const file = join(world.root, 'file');
    writeFileSync(file, '');
    const places = [join(file, 'cache'), ...(process.platform === 'linux' ? ['/proc/thaw/cache'] : [])];
    for (const cache of places) {
      const { code, message } = await failure({ cache });
      expect(code).toBe('ERR_NATIVE_NOT_WRITABLE');
      expect(message).toContain('XDG_CACHE_HOME');
      expect(message).toContain(cache);
    }
  });

  it('names the missing compiler before it unpacks anything', async () => {
    vi.stubEnv('CXX', NOWHERE);
    const error = await failure();
    expect(error).toMatchObject({ name: 'NativeSetupError', code: 'ERR_NATIVE_NO_COMPILER' });
    expect(existsSync(join(world.cache, 'tensorflow'))).toBe(false);
  });

  it('names the missing Python, or its missing pip', async () => {
    vi.stubEnv('THAW_PYTHON', NOWHERE);
    expect(await failure({ wheel: undefined, from: 'wheel' })).toMatchObject({
      code: 'ERR_NATIVE_NO_PYTHON',
    });
    // Node answers `-m pip --version` with an error, as a Python without pip does.
    vi.stubEnv('THAW_PYTHON', process.execPath);
    expect(await failure({ wheel: undefined, from: 'wheel' })).toMatchObject({ code: 'ERR_NATIVE_NO_PIP' });
  });

  it.each([
    ['is an HTML page', 'ERR_NATIVE_WHEEL', () => writeFileSync(world.wheel, '<!doctype html>')],
    ['is truncated', 'ERR_NATIVE_WHEEL', () => truncateSync(world.wheel, statSync(world.wheel).size >> 1)],
  ] as const)('refuses a wheel that %s, and leaves nothing behind', async (_, code, damage) => {
    damage();
    expect(await failure()).toMatchObject({ code });
    expect(cacheEntries()).toEqual([]);
    expect(existsSync(world.addon)).toBe(false);
  });

  it('says what the compiler said', async () => {
    world.remove();
    world = await makeFakeWorld({ binding: 'this is not C++;' });
    const error = await failure();
    expect(error.code).toBe('ERR_NATIVE_COMPILE');
    expect(error.message).toContain('tfjs_binding.cc');
  });

  it('keeps no addon that does not load', async () => {
    world.remove();
    world = await makeFakeWorld({ library: 'extern "C" int TF_Other;\nint TF_Other = 0;\n' });
    expect(await failure()).toMatchObject({ code: 'ERR_NATIVE_LOAD' });
    expect(existsSync(world.addon)).toBe(false);
  });

  it('tries the installer of an installed tfjs-node where the wheel is of no use, and says so', async () => {
    world.installTfjsNode();
    vi.stubEnv('CXX', NOWHERE);
    const lines: string[] = [];
    const error = await failure({ wheel: undefined, log: (line) => lines.push(line) });
    expect(error.code).toBe('ERR_NATIVE_NO_COMPILER');
    expect(lines.join('\n')).toContain('Trying the installer of tfjs-node.');
  });
});

function setUpInChild(): Promise<{ tensorflow: string; from: string }> {
  const options = JSON.stringify({
    project: world.project,
    cache: world.cache,
    wheel: world.wheel,
    tfjsNode: world.tfjsNode,
  });
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('./set-up-child.ts', import.meta.url)), options],
    {
      cwd: here,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let output = '';
  child.stdout.on('data', (text) => {
    output += text;
  });
  return new Promise((resolve, reject) => {
    child.on('close', (code) =>
      code === 0 ? resolve(JSON.parse(output)) : reject(new Error(`exit ${code}: ${output}`)),
    );
  });
}

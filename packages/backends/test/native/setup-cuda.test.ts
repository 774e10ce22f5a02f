import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { diagnose } from '../../src/doctor/diagnose';
import { formatDiagnosis } from '../../src/doctor/format-diagnosis';
import { parsedGpus } from '../../src/doctor/gpu';
import { CUDA_FILES, cudaWheel } from '../../src/native/cuda-wheels';
import { findNative } from '../../src/native/find-native';
import { nativeFolder } from '../../src/native/native-folder';
import { readTarball } from '../../src/native/read-tarball';
import { setUpPinned } from '../../src/native/setup-native';
import type { NativeSetupOptions } from '../../src/native/setup-run';
import type { PinnedWheel, TensorflowWheel } from '../../src/native/tensorflow-wheel';
import { tensorflowWheel } from '../../src/native/tensorflow-wheel';
import { hashOfFiles, neededFiles } from '../../src/native/tfjs-node-release';
import { FAKE_VERSION, type FakeWorld, HAS_COMPILER, HAS_PIP, makeFakeWorld } from './fake-tensorflow';

/** A TensorFlow that says of which CUDA libraries it finds a loaded one by name, and that makes a device if it finds all. */
const TENSORFLOW = `
#include <cstdio>
#include <dlfcn.h>
#include <string>
static bool Has(const char* name) { return dlopen(name, RTLD_LAZY | RTLD_NOLOAD) != nullptr; }
extern "C" const char* TF_Version(void) {
  static std::string version = "${FAKE_VERSION}";
  static bool asked = false;
  if (asked) return version.c_str();
  asked = true;
  if (Has("libcudart.so.12")) version += "+cudart";
  if (Has("libcublas.so.12")) version += "+cublas";
  if (version.find("cublas") != std::string::npos)
    fputs("I0000 gpu_device.cc:2040] Created device /job:localhost/replica:0/task:0/device:GPU:0 with 14000 MB memory\\n", stderr);
  return version.c_str();
}
`;

const isHere = HAS_COMPILER && HAS_PIP && process.platform === 'linux' && process.arch === 'x64';

let world: FakeWorld;
let cache: string;
let wheels: string;
let pinned: TensorflowWheel;
let driver: string;

function compile(name: string, code: string, ...more: readonly string[]): string {
  const target = join(world.root, name);
  const source = `${target}.cc`;
  writeFileSync(source, code);
  execFileSync(process.env.CXX ?? 'g++', [
    '-shared',
    '-fPIC',
    `-Wl,-soname,${name}`,
    source,
    ...more,
    '-o',
    target,
  ]);
  return target;
}

async function makeWheel(project: string, version: string, platform: string, files: Record<string, string>) {
  const zip = new ZipWriter(new Uint8ArrayWriter());
  const stem = `${project.replaceAll('-', '_')}-${version}`;
  const all = {
    ...Object.fromEntries(Object.entries(files).map(([path, file]) => [path, readFileSync(file)])),
    [`${stem}.dist-info/METADATA`]: Buffer.from(
      `Metadata-Version: 2.1\nName: ${project}\nVersion: ${version}\n`,
    ),
    [`${stem}.dist-info/WHEEL`]: Buffer.from(
      `Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: false\nTag: py3-none-${platform}\n`,
    ),
    [`${stem}.dist-info/RECORD`]: Buffer.from(''),
  };
  for (const [path, bytes] of Object.entries(all)) await zip.add(path, new Uint8ArrayReader(bytes));
  const bytes = await zip.close();
  const file = `${stem}-py3-none-${platform}.whl`;
  writeFileSync(join(wheels, file), bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { project, version, platform, sha256, size: bytes.length } satisfies PinnedWheel;
}

/** Stand-ins for TensorFlow's wheel, for two of CUDA's wheels, the second of which needs the first, and for the driver. */
async function makeWheels(): Promise<void> {
  wheels = join(world.root, 'wheels');
  driver = join(world.root, 'driver');
  for (const folder of [wheels, driver]) mkdirSync(folder);
  const cudart = compile('libcudart.so.12', 'extern "C" int Runtime() { return 12; }\n');
  const cublas = compile(
    'libcublas.so.12',
    'extern "C" int Runtime(); extern "C" int Blas() { return Runtime(); }\n',
    cudart,
  );
  const header = join(world.root, 'c_api.h');
  writeFileSync(header, '#pragma once\nextern "C" const char* TF_Version(void);\n');
  const tensorflow = await makeWheel('tensorflow', '2.21.0', 'manylinux_2_27_x86_64', {
    'tensorflow/libtensorflow_cc.so.2': compile('libtensorflow_cc.so.2', TENSORFLOW, '-ldl'),
    'tensorflow/libtensorflow_framework.so.2': compile('libtensorflow_framework.so.2', 'int Nothing = 0;\n'),
    'tensorflow/include/tensorflow/c/c_api.h': header,
  });
  // The one that needs the other comes first.
  const cuda = [
    await makeWheel('nvidia-cublas-cu12', '12.9.3.13', 'manylinux_2_27_x86_64', {
      'nvidia/cublas/lib/libcublas.so.12': cublas,
      'nvidia/cublas/include/cublas.h': header,
    }),
    await makeWheel('nvidia-cuda-runtime-cu12', '12.9.79', 'manylinux2014_x86_64', {
      'nvidia/cuda_runtime/lib/libcudart.so.12': cudart,
    }),
  ];
  pinned = { ...tensorflow, unpackedSize: 0, libraries: cudaWheel('linux', 'x64').libraries, cuda };
  execFileSync('mv', [compile('libcuda.so.1', 'int Driver = 0;\n'), driver]);
}

async function setUp(options: NativeSetupOptions = {}) {
  const tfjsNodeSha256 = hashOfFiles(neededFiles(await readTarball(readFileSync(world.tfjsNode))));
  const own = { ...tensorflowWheel(), sha256: world.wheelSha256 };
  return setUpPinned(
    {
      project: world.project,
      cache,
      tfjsNode: world.tfjsNode,
      from: 'wheel',
      log: () => {},
      ...options,
    },
    { wheel: ({ cuda } = {}) => (cuda ? pinned : own), tfjsNodeSha256 },
  );
}

function fakeSmi(text: string): void {
  writeFileSync(join(driver, 'nvidia-smi'), `#!/bin/sh\necho "${text}"\n`, { mode: 0o755 });
  vi.stubEnv('PATH', `${driver}:${process.env.PATH}`);
}

describe.runIf(isHere)('setupNative({ cuda: true }), on stand-ins for the wheels', () => {
  beforeAll(async () => {
    world = await makeFakeWorld();
    await makeWheels();
  });
  afterAll(() => world.remove());
  beforeEach(() => {
    cache = mkdtempSync(join(world.root, 'cache-'));
    vi.stubEnv('PIP_NO_INDEX', '1');
    vi.stubEnv('PIP_FIND_LINKS', wheels);
    vi.stubEnv('LD_LIBRARY_PATH', driver);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('loads the libraries of the wheels before TensorFlow, whatever their order', async () => {
    const made = await setUp({ cuda: true });
    expect(made).toMatchObject({ from: 'wheel', tensorflow: `${FAKE_VERSION}+cudart+cublas` });
    const folder = nativeFolder(cache, 'cuda');
    expect(findNative({ project: world.project, cache })).toMatchObject({
      origin: 'cache',
      folder,
    });
    const tensorflow = join(cache, 'tensorflow', '2.21.0-linux-x64-cuda');
    expect(existsSync(join(tensorflow, 'nvidia/cublas/lib/libcublas.so.12'))).toBe(true);
    expect(existsSync(join(tensorflow, 'nvidia/cublas/include'))).toBe(false);
    expect(existsSync(join(tensorflow, 'download'))).toBe(false);
    expect((await setUp({ cuda: true })).from).toBe('present');
  });

  it('computes on the processor without a driver, and loads no library of CUDA', async () => {
    vi.stubEnv('LD_LIBRARY_PATH', '');
    expect((await setUp({ cuda: true })).tensorflow).toBe(FAKE_VERSION);
  });

  it('stands beside the backend for processors, which set-up without cuda makes', async () => {
    const plain = await setUp({ wheel: world.wheel });
    expect(plain).toMatchObject({
      from: 'wheel',
      addon: join(nativeFolder(cache), 'tfjs_binding.node'),
    });
    const made = await setUp({ cuda: true });
    expect([made.from, made.addon]).toEqual([
      'wheel',
      join(nativeFolder(cache, 'cuda'), 'tfjs_binding.node'),
    ]);
    expect(existsSync(plain.addon)).toBe(true);
  });

  it('is set up anew if a library of CUDA is damaged', async () => {
    await setUp({ cuda: true });
    const library = join(cache, 'tensorflow/2.21.0-linux-x64-cuda/nvidia/cublas/lib/libcublas.so.12');
    writeFileSync(library, 'cut');
    expect(findNative({ project: world.project, cache })).toMatchObject({
      reason: expect.stringMatching(/libcublas\.so\.12 is damaged/),
    });
    expect((await setUp({ cuda: true })).tensorflow).toContain('+cublas');
  });

  it('refuses a wheel with another hash, and a wheel of its own beside cuda', async () => {
    const right = pinned;
    pinned = { ...pinned, cuda: [{ ...pinned.cuda![0], sha256: '0'.repeat(64) }] };
    await expect(setUp({ cuda: true }).finally(() => (pinned = right))).rejects.toMatchObject({
      code: 'ERR_NATIVE_DOWNLOAD',
    });
    expect(existsSync(join(cache, 'tensorflow', '2.21.0-linux-x64-cuda'))).toBe(false);
    await expect(setUp({ cuda: true, wheel: world.wheel })).rejects.toThrow(/PIP_FIND_LINKS/);
  });

  it('doctor tells driver, device, memory, and whether TensorFlow computes there', async () => {
    fakeSmi('NVIDIA H100 80GB HBM3, 81559, 550.54.15');
    await setUp({ wheel: world.wheel });
    const before = await diagnose(world.project, cache);
    expect(before.gpu).toMatchObject({ used: false, remedy: 'Run npx thaw-backends setup --cuda.' });
    await setUp({ cuda: true });
    const { gpu } = await diagnose(world.project, cache);
    expect(gpu).toEqual({
      driver: '550.54.15',
      devices: [{ name: 'NVIDIA H100 80GB HBM3', memoryBytes: 81559 * 2 ** 20 }],
      used: true,
    });
    const text = formatDiagnosis(await diagnose(world.project, cache));
    expect(text).toMatch(/GPU +NVIDIA H100 80GB HBM3, 79\.6 GiB, driver 550\.54\.15/);
    expect(text).toMatch(/GPU used +yes/);
  });
});

describe('the wheels of CUDA', () => {
  it.each([
    ['darwin', 'arm64'],
    ['linux', 'arm64'],
    ['win32', 'x64'],
  ])('are not there for %s-%s', (platform, arch) => {
    expect(() => cudaWheel(platform, arch)).toThrow(/linux-x64 alone/);
  });

  it.runIf(process.platform === 'linux' && process.arch === 'x64')('are pinned, each once', () => {
    const { cuda = [] } = cudaWheel();
    expect(new Set(cuda.map(({ project }) => project)).size).toBe(12);
    for (const { sha256, project } of cuda) expect([project, sha256.length]).toEqual([project, 64]);
  });

  it.each([
    ['nvidia/cudnn/lib/libcudnn_ops.so.9', true],
    ['nvidia/cuda_nvrtc/lib/libnvrtc-builtins.so.12.9', true],
    ['nvidia/cuda_nvcc/nvvm/libdevice/libdevice.10.bc', true],
    ['nvidia/cuda_nvcc/bin/ptxas', true],
    ['nvidia/cublas/include/cublas.h', false],
    ['../nvidia/cublas/lib/libcublas.so.12', false],
    ['nvidia/cublas/lib/../../../evil.so', false],
  ])('%s is taken: %s', (path, isTaken) => {
    expect(CUDA_FILES.test(path)).toBe(isTaken);
  });
});

it.each([
  ['NVIDIA A10G, 23028, 535.1\nNVIDIA A10G, 23028, 535.1\n', 2],
  ['No devices were found', undefined],
  ['', undefined],
])('reads %j of nvidia-smi', (text, count) => {
  expect(parsedGpus(text)?.devices.length).toBe(count);
});

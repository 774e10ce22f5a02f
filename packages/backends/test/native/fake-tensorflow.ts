import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { nativeFolder } from '../../src/native/native-folder';
import { tensorflowWheel } from '../../src/native/tensorflow-wheel';

export const FAKE_VERSION = '9.9.9-fake';

/** An empty project, a tarball of a tfjs-node of the real one's shape, and a wheel with a TensorFlow of one function. */
export interface FakeWorld {
  readonly root: string;
  readonly project: string;
  /** The tarball of tfjs-node. */
  readonly tfjsNode: string;
  /** Where set-up puts the addon. */
  readonly addon: string;
  readonly cache: string;
  readonly wheel: string;
  readonly wheelSha256: string;
  /** Installs the tfjs-node in the project, without its addon, and returns its folder. */
  installTfjsNode(): string;
  remove(): void;
}

/** The addon: what check-addon.ts calls, on top of the fake library's one function. */
const BINDING = `
#include <node_api.h>
#include "tensorflow/c/c_api.h"

static napi_value Nothing(napi_env, napi_callback_info) { return nullptr; }

NAPI_MODULE_INIT() {
  napi_value version, type, create;
  napi_create_string_utf8(env, TF_Version(), NAPI_AUTO_LENGTH, &version);
  napi_create_int32(env, 1, &type);
  napi_create_function(env, "createTensor", NAPI_AUTO_LENGTH, Nothing, nullptr, &create);
  napi_set_named_property(env, exports, "TF_Version", version);
  napi_set_named_property(env, exports, "TF_FLOAT", type);
  napi_set_named_property(env, exports, "createTensor", create);
  return exports;
}
`;

const HEADER = '#pragma once\nextern "C" const char* TF_Version(void);\n';

/** The library says on stderr what TensorFlow says while it is loaded, and something of its own. */
const LIBRARY = `
#include <cstdio>
__attribute__((constructor)) static void Start() {
  fputs("WARNING: All log messages before absl::InitializeLog() is called are written to STDERR\\n", stderr);
  fputs("I0000 port.cc:153] oneDNN custom operations are on. You may see ...\\n", stderr);
  fputs("E0000 a real fault\\n", stderr);
}
extern "C" const char* TF_Version(void) { return "${FAKE_VERSION}"; }
`;

export const HAS_COMPILER = succeeds(process.env.CXX ?? 'g++', ['--version']);
export const HAS_PIP = succeeds(process.env.THAW_PYTHON ?? 'python3', ['-m', 'pip', '--version']);

/** Makes such a world below the system's temporary folder. */
export async function makeFakeWorld(
  options: {
    readonly binding?: string;
    readonly library?: string;
    readonly installer?: string;
    readonly version?: string;
  } = {},
): Promise<FakeWorld> {
  const root = mkdtempSync(join(tmpdir(), 'thaw-backends-'));
  const project = join(root, 'project');
  mkdirSync(project);
  const files = {
    'package.json': packageJson(options.version ?? '4.22.0'),
    'binding/tfjs_binding.cc': options.binding ?? BINDING,
    'scripts/install.js': options.installer ?? 'process.exit(1);',
    ...SCRIPTS,
  };
  const tfjsNode = makeTarball(root, files);
  const wheel = join(root, wheelName());
  writeFileSync(wheel, await makeWheel(root, options.library ?? LIBRARY));
  return {
    root,
    project,
    tfjsNode,
    addon: join(nativeFolder(join(root, 'cache')), 'tfjs_binding.node'),
    cache: join(root, 'cache'),
    wheel,
    wheelSha256: createHash('sha256').update(readFileSync(wheel)).digest('hex'),
    installTfjsNode: () => {
      const folder = join(project, 'node_modules', '@tensorflow', 'tfjs-node');
      mkdirSync(dirname(folder), { recursive: true });
      cpSync(join(root, 'package'), folder, { recursive: true });
      return folder;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function packageJson(version: string): string {
  const binary = { module_name: 'tfjs_binding', napi_versions: [3, 4, 5, 6, 7, 8] };
  return `${JSON.stringify({ name: '@tensorflow/tfjs-node', version, binary }, null, 2)}\n`;
}

/** The backend that Thaw loads from the cache: it adds up, and says which tfjs-core it was given. */
const SCRIPTS = {
  'dist/nodejs_kernel_backend.js': `
    const tf = require('@tensorflow/tfjs');
    exports.NodeJSKernelBackend = class extends tf.KernelBackend {
      constructor(binding) { super(); this.binding = binding; this.tfjs = tf; }
      dispose() {}
    };`,
  'dist/register_all_kernels.js': "require('./kernels/Abs');",
  'dist/kernels/Abs.js': "require('@tensorflow/tfjs-core').getBackend;",
  'dist/io/file_system.js': 'exports.nodeFileSystemRouter = () => null;',
  'dist/index.js': "throw new Error('the entry point needs the packages of the installer');",
};

function makeTarball(root: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, 'package', path)), { recursive: true });
    writeFileSync(join(root, 'package', path), text);
  }
  execFileSync('tar', ['czf', 'tfjs-node.tgz', 'package'], { cwd: root });
  return join(root, 'tfjs-node.tgz');
}

function wheelName(): string {
  const { project, version, platform } = tensorflowWheel();
  return `${project.replaceAll('-', '_')}-${version}-cp312-cp312-${platform}.whl`;
}

async function makeWheel(root: string, source: string): Promise<Uint8Array> {
  const { project, version, libraries } = tensorflowWheel();
  const dist = `${project.replaceAll('-', '_')}-${version}.dist-info`;
  const zip = new ZipWriter(new Uint8ArrayWriter());
  const add = (name: string, content: Uint8Array | string) =>
    zip.add(
      name,
      new Uint8ArrayReader(typeof content === 'string' ? new TextEncoder().encode(content) : content),
    );
  for (const name of libraries) {
    const code = name.includes('_cc') ? source : 'extern "C" int TF_Nothing;\nint TF_Nothing = 0;\n';
    await add(`tensorflow/${name}`, compileLibrary(root, name, code));
  }
  await add('tensorflow/include/tensorflow/c/c_api.h', HEADER);
  await add('tensorflow/include/Eigen/not_needed.h', 'not needed');
  await add(`${dist}/METADATA`, `Metadata-Version: 2.1\nName: ${project}\nVersion: ${version}\n`);
  await add(`${dist}/WHEEL`, `Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: false\n`);
  await add(`${dist}/RECORD`, '');
  return zip.close();
}

function compileLibrary(root: string, name: string, code: string): Uint8Array {
  if (!HAS_COMPILER) return new TextEncoder().encode(code);
  const source = join(root, 'library.cc');
  const target = join(root, name);
  writeFileSync(source, code);
  const soname = process.platform === 'darwin' ? `-Wl,-install_name,@rpath/${name}` : `-Wl,-soname,${name}`;
  execFileSync(process.env.CXX ?? 'g++', ['-shared', '-fPIC', soname, source, '-o', target]);
  const library = readFileSync(target);
  rmSync(target);
  return library;
}

function succeeds(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

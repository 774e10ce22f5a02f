#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { NativeSetupError } from './native/native-setup-error';
import { setupNative } from './native/setup-native';
import type { NativeSetupOptions, NativeSetupStep } from './native/setup-run';

const USAGE = `thaw-backends setup    makes the native backend ready (TensorFlow on this machine's processor)
  --from any|wheel|installer   the PyPI wheel, the installer of an installed tfjs-node, or both in turn (default any)
  --wheel FILE                 a TensorFlow wheel that was downloaded elsewhere
  --cuda                       TensorFlow with CUDA for an NVIDIA GPU on x64 Linux (3.4 GB; not tried on a GPU yet)
  --tfjs-node FILE             a tarball of tfjs-node that was downloaded elsewhere
  --verify                     check the content of the cache too
  --strict                     exit 1 where the native backend cannot be had
thaw-backends doctor   says which backends work here, why the others do not, and what to do
  --json                       the same as data`;

const WAYS = ['any', 'wheel', 'installer'];

async function main(): Promise<number> {
  const { values, positionals } = readArguments();
  const [command] = positionals;
  if (values.help) return print(USAGE, 0);
  if (values.from && !WAYS.includes(values.from)) {
    return print(`--from: expected ${WAYS.join(', ')}; received ${values.from}.\n\n${USAGE}`, 2);
  }
  if (command === 'doctor') {
    // Only here, because it brings tfjs along, and set-up must be quick.
    const { diagnose } = await import('./doctor/diagnose');
    const { formatDiagnosis } = await import('./doctor/format-diagnosis');
    const diagnosis = await diagnose(process.cwd());
    return print(values.json ? JSON.stringify(diagnosis, null, 2) : formatDiagnosis(diagnosis), 0);
  }
  if (command === 'setup') {
    const from = values.from as NativeSetupOptions['from'];
    const { wheel, cuda, verify, 'tfjs-node': tfjsNode } = values;
    return setup({ from, wheel, cuda, tfjsNode, verify }, values.strict ?? false);
  }
  return print(USAGE, 2);
}

async function setup(options: NativeSetupOptions, isStrict: boolean): Promise<number> {
  try {
    const { tensorflow, from, seconds } = await setupNative({
      ...options,
      project: process.cwd(),
      onProgress: progressPrinter(),
    });
    if (from === 'present') return print(`native backend: TensorFlow ${tensorflow}`, 0);
    const steps = Object.entries(seconds).map(([step, time]) => `${step} ${time.toFixed(1)} s`);
    return print(`native backend: TensorFlow ${tensorflow} is ready (${steps.join(', ')})`, 0);
  } catch (error) {
    if (!(error instanceof NativeSetupError)) throw error;
    return print(`native backend: not available; wasm will be used. ${error.message}`, isStrict ? 1 : 0);
  }
}

/** A line each quarter: readable in a terminal and in a log alike. */
function progressPrinter(): (step: NativeSetupStep, fraction: number) => void {
  let shown = '';
  return (step, fraction) => {
    const line = `  ${step} ${Math.floor(fraction * 4) * 25}%`;
    if (line !== shown) console.log(line);
    shown = line;
  };
}

function readArguments() {
  return parseArgs({
    allowPositionals: true,
    options: {
      from: { type: 'string' },
      wheel: { type: 'string' },
      cuda: { type: 'boolean' },
      'tfjs-node': { type: 'string' },
      verify: { type: 'boolean' },
      strict: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
}

function print(text: string, exitCode: number): number {
  console.log(text);
  return exitCode;
}

main().then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: Error) => {
    const isUsage = (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
    console.error(isUsage ? `${error.message}\n\n${USAGE}` : error);
    process.exitCode = isUsage ? 2 : 1;
  },
);

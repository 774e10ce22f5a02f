#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { NativeSetupError } from './native/native-setup-error';
import { type NativeSetupStep, setupNative } from './native/setup-native';

const USAGE = `thaw-backends setup   makes the native backend ready (TensorFlow on this machine's processor)
  --from any|installer|wheel   which ways to try (default any)
  --wheel FILE                 a TensorFlow wheel that was downloaded elsewhere
  --verify                     check the content of the cached libraries too
  --strict                     exit 1 when the native backend cannot be had
thaw-backends doctor  says which backends work here, why the others do not, and what to do
  --json                       the same as data`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      from: { type: 'string' },
      wheel: { type: 'string' },
      verify: { type: 'boolean' },
      strict: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [command] = positionals;
  if (values.help || (command !== 'setup' && command !== 'doctor')) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  try {
    const from = values.from as 'any' | 'installer' | 'wheel' | undefined;
    const made = await setupNative({
      from,
      wheel: values.wheel,
      verify: values.verify,
      onProgress: showProgress(),
    });
    console.log(
      `native backend: TensorFlow ${made.tensorflow} (${made.from}; ${Object.entries(made.seconds)
        .map(([k, v]) => `${k} ${v.toFixed(1)} s`)
        .join(', ')})`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof NativeSetupError)) throw error;
    console.log(`native backend: not available, wasm will be used. ${error.message}`);
    return values.strict ? 1 : 0;
  }
}

function showProgress(): (step: NativeSetupStep, fraction: number) => void {
  let shown = '';
  return (step, fraction) => {
    const text = `  ${step} ${Math.floor(fraction * 4) * 25}%`;
    if (text !== shown) console.log(text);
    shown = text;
  };
}

process.exitCode = await main();

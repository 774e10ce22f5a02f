import { runCommand } from './run-command';

const TIMEOUT_MS = 60_000;

const SCRIPT = `
const binding = require(process.argv[1]);
binding.createTensor([1], binding.TF_FLOAT, new Float32Array(1));
process.stdout.write(String(binding.TF_Version));
`;

/**
 * Loads an addon in a process of its own, as a bad one may take the process with it (an instruction that the
 * processor lacks, a truncated library), and returns TensorFlow's version or why it did not load.
 */
export async function checkAddon(
  addon: string,
): Promise<{ readonly tensorflow: string } | { readonly fault: string }> {
  const { code, signal, stdout, output } = await runCommand(process.execPath, ['-e', SCRIPT, addon], {
    env: { ...process.env, NODE_OPTIONS: '', TF_CPP_MIN_LOG_LEVEL: '3' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (code === 0 && stdout) return { tensorflow: stdout };
  if (signal === 'SIGILL') return { fault: 'this processor lacks instructions that TensorFlow needs (AVX)' };
  if (signal) return { fault: `loading it ended the process with ${signal}` };
  const line = output.split('\n').find((text) => /error/i.test(text) && !/^\s*(throw|at)\b/.test(text));
  return { fault: (line ?? output).trim() };
}

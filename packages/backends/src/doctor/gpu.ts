import { runCommand } from '../native/run-command';

/** An NVIDIA GPU of this machine. */
export interface GpuDevice {
  readonly name: string;
  readonly memoryBytes: number;
}

/** The facts from NVIDIA's driver about this machine, and whether TensorFlow computes on a GPU. */
export interface GpuDiagnosis {
  /** The driver's version; absent without a driver. */
  readonly driver?: string;
  readonly devices: readonly GpuDevice[];
  /** Whether the native backend that is set up computes on a GPU. */
  readonly used: boolean;
  /** Why it doesn't, and what to do. */
  readonly reason?: string;
  readonly remedy?: string;
}

const TIMEOUT_MS = 60_000;

/** Starts TensorFlow, which then says on stderr which devices it has made. */
const START = `
const binding = require(process.argv[1]);
binding.createTensor([1], binding.TF_FLOAT, new Float32Array(1));
`;

/**
 * Asks NVIDIA's driver for the GPUs of this machine, by `nvidia-smi`, and TensorFlow for those that it computes on.
 *
 * @param addon the native backend's addon; undefined if there is none
 * @param isCuda whether it is the variant for GPUs
 * @returns undefined if the machine has neither a driver nor that variant
 */
export async function diagnoseGpu(
  addon: string | undefined,
  isCuda: boolean,
): Promise<GpuDiagnosis | undefined> {
  const { code, stdout } = await runCommand(
    'nvidia-smi',
    ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader,nounits'],
    { env: process.env, signal: AbortSignal.timeout(TIMEOUT_MS) },
  );
  const found = code === 0 ? parsedGpus(stdout) : undefined;
  if (!found && !isCuda) return undefined;
  if (!found) {
    return {
      devices: [],
      used: false,
      reason: "NVIDIA's driver is not there: nvidia-smi does not run",
      remedy: "Install NVIDIA's driver, or start the container with its GPUs (docker run --gpus all).",
    };
  }
  if (!isCuda || !addon) {
    return {
      ...found,
      used: false,
      reason: 'the native backend is that for processors',
      remedy: 'Run npx thaw-backends setup --cuda.',
    };
  }
  const { output } = await runCommand(process.execPath, ['-e', START, addon], {
    env: { ...process.env, NODE_OPTIONS: '', TF_CPP_MIN_LOG_LEVEL: '0' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (/Created device \S*device:GPU:\d+/.test(output)) return { ...found, used: true };
  const said = output
    .split('\n')
    .find((line) => /cuda|gpu/i.test(line))
    ?.trim();
  return {
    ...found,
    used: false,
    reason: `TensorFlow finds no GPU${said ? ` (it says: ${said})` : ''}`,
    remedy:
      'Run npx thaw-backends setup --cuda --verify, and look whether the driver is of CUDA 12 or later.',
  };
}

/** Reads lines such as `NVIDIA H100, 81559, 550.54.15`: name, memory in MiB, driver. */
export function parsedGpus(text: string): Pick<GpuDiagnosis, 'driver' | 'devices'> | undefined {
  const rows = text
    .trim()
    .split('\n')
    .map((line) => /^(.+), (\d+), (\S+)$/.exec(line.trim()))
    .filter((row) => row !== null);
  if (rows.length === 0) return undefined;
  return {
    driver: rows[0][3],
    devices: rows.map(([, name, memory]) => ({ name, memoryBytes: Number(memory) * 2 ** 20 })),
  };
}

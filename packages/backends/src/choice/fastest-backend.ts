import { loadGpu } from '#gpu';
import type { BackendName, BackendRefusal } from '../backend-refusal';
import type { GpuBackend } from '../gpu/gpu-backend';
import { loadCpu } from '../load-cpu';
import { stepMs } from './step-ms';
import { referenceNumbers, wrongNumbers } from './wrong-numbers';

let reference: Promise<Float32Array[]> | undefined;
/** The findings about a graphics processor's backend, which are kept as long as the page is open. */
const checked = new Map<GpuBackend, string | undefined>();

/**
 * Makes a graphics processor's backend the one in use, if it starts and computes a small training step right; returns
 * why it can't be, or undefined.
 */
export async function loadRightGpu(name: GpuBackend): Promise<string | undefined> {
  if (checked.has(name)) return checked.get(name) ?? loadGpu(name);
  const reason = (await loadGpu(name)) ?? (await faultOf(name));
  checked.set(name, reason);
  return reason;
}

async function faultOf(name: GpuBackend): Promise<string | undefined> {
  reference ??= loadCpu().then(referenceNumbers);
  const expected = await reference;
  await loadGpu(name);
  try {
    return await wrongNumbers(expected);
  } catch (error) {
    return `a small training step fails on it (${(error as Error).message.split('\n')[0]})`;
  }
}

/** The fastest of some backends, and why the others aren't. */
export interface Fastest {
  readonly name: BackendName;
  /** The time of a small training step, in milliseconds. */
  readonly stepMs: Readonly<Partial<Record<BackendName, number>>>;
  readonly slower: readonly BackendRefusal[];
}

/**
 * Measures a small training step on each backend, and makes the fastest the one in use.
 *
 * @param load makes a backend that works the one in use.
 */
export async function fastestBackend(
  names: readonly [BackendName, ...BackendName[]],
  load: (name: BackendName) => Promise<unknown>,
): Promise<Fastest> {
  const times: Partial<Record<BackendName, number>> = {};
  for (const name of names) {
    await load(name);
    times[name] = await stepMs();
  }
  const timeOf = (name: BackendName) => times[name] ?? Number.POSITIVE_INFINITY;
  const best = names.reduce((a, b) => (timeOf(b) < timeOf(a) ? b : a));
  await load(best);
  const ms = (name: BackendName) => `${timeOf(name).toFixed(0)} ms`;
  const slower = names
    .filter((name) => name !== best)
    .map((name) => ({
      name,
      reason: `a small training step takes ${ms(name)} on it and ${ms(best)} on ${best}`,
      remedy: '',
    }));
  return { name: best, stepMs: times, slower };
}

import { emulatedGpu } from '#gpu';
import { loadNative } from '#native';
import type { BackendName, BackendRefusal } from './backend-refusal';
import { fastestBackend, loadRightGpu } from './choice/fastest-backend';
import { BackendOptionError, BackendUnavailableError } from './errors';
import { inNode } from './in-node';
import { loadCpu } from './load-cpu';
import { loadWasm } from './load-wasm';

/** Options of `useBestBackend`. */
export interface BestBackendOptions {
  /**
   * Which backends may be used; the first that works is taken, and nothing is measured. Default: native, else the fastest
   * of webgpu, webgl and wasm, else cpu.
   */
  readonly prefer?: readonly BackendName[];
  /** Takes the line that says which backend was taken, and one if wasm's threads fail. Default: console.log. */
  readonly log?: (line: string) => void;
  /** The folder from which an installed tfjs-node is looked for, if the cache has none. Default: the working directory. */
  readonly project?: string;
  /** The folder that `setupNative` was given as `cache`. Default: the user's cache folder. */
  readonly cache?: string;
  /**
   * The folder from which a browser takes the wasm backend's .wasm files. Default: this package has them in scripts, which
   * bundlers find by themselves. Node ignores it.
   */
  readonly wasmPath?: string;
}

/** The backend that is in use now. */
export interface BestBackend {
  readonly name: BackendName;
  /** TensorFlow's version, with the native backend. */
  readonly tensorflow?: string;
  /** If backends were measured: the time of a small training step on each, in milliseconds. */
  readonly stepMs?: Readonly<Partial<Record<BackendName, number>>>;
  /** Why each backend that was preferred to this one is not used. */
  readonly reasons: readonly BackendRefusal[];
}

const ALL: readonly BackendName[] = ['native', 'webgpu', 'webgl', 'wasm', 'cpu'];
const OPTIONS = ['prefer', 'log', 'project', 'cache', 'wasmPath'];

/** The details of a backend that works, or the reason why it doesn't. */
type Tried = { readonly tensorflow?: string } | Omit<BackendRefusal, 'name'>;

/**
 * Makes the fastest backend that works here the one that TensorFlow.js computes on, and says which it is.
 *
 * Native is TensorFlow on this machine's processor, by tfjs-node's backend; webgpu and webgl compute on a browser's graphics
 * processor; wasm is tfjs-backend-wasm, with threads in a cross-origin isolated page; cpu is plain JavaScript and slow. Each
 * has the gradient kernels that TensorFlow.js lacks or has wrong. Nothing is installed or compiled: if the native backend is
 * missing, the line names the command that gets it. TensorFlow's start-up messages are silenced unless
 * TF_CPP_MIN_LOG_LEVEL is set.
 *
 * In a browser with a graphics processor, a small training step is measured on webgpu, webgl and wasm, which takes a second
 * or two and is best done in a worker (`@thawjs/browser`). `prefer` measures nothing. A graphics processor is refused, with the
 * reason, if the processor emulates it, it computes with 16-bit floats, or its numbers differ from plain JavaScript's.
 *
 * @throws {BackendOptionError} if `prefer` names a backend that doesn't exist, or an option is misspelt
 * @throws {BackendUnavailableError} if none of the preferred ones works
 *
 * @example
 * ```ts
 * import { useBestBackend } from '@thawjs/backends';
 *
 * const backend = await useBestBackend({ prefer: ['wasm', 'cpu'], log: () => {} });
 * console.log(backend.name); // wasm
 * ```
 */
export async function useBestBackend(options: BestBackendOptions = {}): Promise<BestBackend> {
  const { prefer, log = console.log } = options;
  checkOptions(options);
  const chosen = prefer ? await firstOf(prefer, options) : await bestOf(options);
  log(describe(chosen));
  return chosen;
}

function checkOptions({ prefer = [], ...options }: BestBackendOptions): void {
  const misspelt = Object.keys(options).find((name) => !OPTIONS.includes(name));
  if (misspelt !== undefined) {
    throw new BackendOptionError(
      `useBestBackend: expected options among ${OPTIONS.join(', ')}; received "${misspelt}".`,
    );
  }
  const unknown = prefer.filter((name) => !ALL.includes(name));
  if (unknown.length === 0) return;
  throw new BackendOptionError(
    `useBestBackend: expected prefer to hold ${ALL.join(', ')}; received ${unknown.join(', ')}.`,
  );
}

/** The first backend that works. */
async function firstOf(
  names: readonly BackendName[],
  options: BestBackendOptions,
  reasons: readonly BackendRefusal[] = [],
): Promise<BestBackend> {
  const refused = [...reasons];
  for (const name of names) {
    const tried = await load(name, options);
    if (!('reason' in tried)) return { name, ...tried, reasons: refused };
    refused.push({ name, ...tried });
  }
  throw new BackendUnavailableError([...new Set([...reasons.map(({ name }) => name), ...names])], refused);
}

/** Native, or the fastest in a browser. */
async function bestOf(options: BestBackendOptions): Promise<BestBackend> {
  if (inNode()) return firstOf(['native', 'wasm', 'cpu'], options);
  const reasons: BackendRefusal[] = [];
  const working: BackendName[] = [];
  for (const name of ['native', 'webgpu', 'webgl', 'wasm'] as const) {
    // Wasm alone needs no measuring.
    if (name === 'wasm' && working.length === 0) return firstOf(['wasm', 'cpu'], options, reasons);
    const emulated = name === 'webgpu' || name === 'webgl' ? await emulatedGpu(name) : undefined;
    const tried = emulated ? { reason: emulated, remedy: '' } : await load(name, options);
    if ('reason' in tried) reasons.push({ name, ...tried });
    else working.push(name);
  }
  const { slower, ...best } = await fastestBackend(working as [BackendName], (name) => load(name, options));
  return { ...best, reasons: [...reasons, ...slower] };
}

async function load(name: BackendName, options: BestBackendOptions): Promise<Tried> {
  if (name === 'native') return loadNative(options);
  if (name === 'webgpu' || name === 'webgl') {
    const reason = await loadRightGpu(name);
    return reason ? { reason, remedy: '' } : {};
  }
  if (name === 'wasm') return (await loadWasm(options.wasmPath, options.log ?? console.log)) ?? {};
  const reason = await loadCpu();
  return reason ? { reason, remedy: '' } : {};
}

function describe({ name, tensorflow, stepMs, reasons }: BestBackend): string {
  // All reasons are given, so that no slower backend is taken silently, except that a browser and Node have different ones.
  const here = reasons.filter(({ reason }) => reason !== 'it needs Node' && reason !== 'it needs a browser');
  const why = here.map((refusal) =>
    `; no ${refusal.name} backend: ${refusal.reason}. ${refusal.remedy}`.trim().replace(/\.$/, ''),
  );
  const step = stepMs?.[name];
  const detail = tensorflow
    ? ` (TensorFlow ${tensorflow})`
    : step
      ? ` (${step.toFixed(0)} ms for a small training step)`
      : '';
  return `backend: ${name}${detail}${why.join('')}${why.length > 0 ? '.' : ''}`;
}

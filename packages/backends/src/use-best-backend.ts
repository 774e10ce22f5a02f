import { loadNative } from '#native';
import type { BackendName, BackendRefusal } from './backend-refusal';
import { BackendOptionError, BackendUnavailableError } from './errors';
import { loadCpu } from './load-cpu';
import { loadWasm } from './load-wasm';

/** Options of `useBestBackend`. */
export interface BestBackendOptions {
  /** Which backends may be used, the first that works first. Default: native, wasm, cpu. */
  readonly prefer?: readonly BackendName[];
  /** Takes the one line that says which backend was taken. Default: console.log. */
  readonly log?: (line: string) => void;
  /** The folder from which an installed tfjs-node is looked for, where the cache has none. Default: the working directory. */
  readonly project?: string;
  /** The folder that `setupNative` was given as `cache`. Default: the user's cache folder. */
  readonly cache?: string;
  /** Where a browser finds the wasm backend's .wasm files, ending in a slash; Node has them in this package and ignores it. */
  readonly wasmPath?: string;
}

/** The backend that is in use now. */
export interface BestBackend {
  readonly name: BackendName;
  /** TensorFlow's version, with the native backend. */
  readonly tensorflow?: string;
  /** Why each backend that was preferred to this one is not used. */
  readonly reasons: readonly BackendRefusal[];
}

/** Undefined in a browser. */
declare const process: { readonly versions?: { readonly node?: string } } | undefined;

const ALL: readonly BackendName[] = ['native', 'wasm', 'cpu'];

/**
 * Makes the fastest backend that works here the one that TensorFlow.js computes on, and says which it is.
 *
 * Native is TensorFlow on this machine's processor, by tfjs-node's backend; wasm is tfjs-backend-wasm, with the gradient kernels
 * that it lacks; cpu is plain JavaScript and slow. Nothing is downloaded or compiled: where the native backend is
 * missing, the line names the command that gets it. TensorFlow's start-up messages are silenced unless
 * TF_CPP_MIN_LOG_LEVEL is set. Works in browsers too, where native is passed over.
 *
 * @throws {BackendOptionError} if `prefer` names a backend that doesn't exist
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
  const { prefer = ALL, log = console.log } = options;
  const unknown = prefer.filter((name) => !ALL.includes(name));
  if (unknown.length) {
    throw new BackendOptionError(
      `useBestBackend: expected prefer to hold ${ALL.join(', ')}; received ${unknown.join(', ')}.`,
    );
  }
  const reasons: BackendRefusal[] = [];
  for (const name of prefer) {
    const tried = await load(name, options);
    if ('reason' in tried) {
      reasons.push({ name, ...tried });
      continue;
    }
    log(describe(name, tried.tensorflow, reasons));
    return { name, ...tried, reasons };
  }
  throw new BackendUnavailableError(prefer, reasons);
}

async function load(
  name: BackendName,
  options: BestBackendOptions,
): Promise<{ tensorflow?: string } | { reason: string; remedy: string }> {
  if (name === 'native') return loadNative(options);
  const reason = name === 'wasm' ? await loadWasm(options.wasmPath) : await loadCpu();
  if (!reason) return {};
  return { reason, remedy: name === 'wasm' ? wasmRemedy() : '' };
}

function wasmRemedy(): string {
  const isNode = typeof process !== 'undefined' && Boolean(process.versions?.node);
  return isNode
    ? 'Run npx thaw-backends doctor, which says more.'
    : 'In a browser, pass wasmPath: the folder with its .wasm files.';
}

function describe(
  name: BackendName,
  tensorflow: string | undefined,
  reasons: readonly BackendRefusal[],
): string {
  // All reasons are given, so that no slower backend is taken silently, except that browsers have no native backend.
  const mendable = reasons.filter(({ remedy, ...refusal }) => remedy || refusal.name !== 'native');
  const why = mendable.map((refusal) =>
    `; no ${refusal.name} backend: ${refusal.reason}. ${refusal.remedy}`.trim(),
  );
  return `backend: ${name}${tensorflow ? ` (TensorFlow ${tensorflow})` : ''}${why.join('')}`;
}

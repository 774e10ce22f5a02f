/** Thaw's names of the backends; tfjs calls the native one 'tensorflow'. */
export type BackendName = 'native' | 'wasm' | 'cpu';

/** Why a backend is not used, and what would change that. */
export interface BackendRefusal {
  readonly name: BackendName;
  readonly reason: string;
  /** What to run or to change; empty where nothing helps, e.g. for the native backend in a browser. */
  readonly remedy: string;
}

/** Thaw's names of the backends. TensorFlow.js calls the native backend 'tensorflow'. */
export type BackendName = 'native' | 'webgpu' | 'webgl' | 'wasm' | 'cpu';

/** Why a backend is not used, and what the user can do about it. */
export interface BackendRefusal {
  readonly name: BackendName;
  readonly reason: string;
  /** The command to run or the thing to change. Empty if nothing helps, such as for the native backend in a browser. */
  readonly remedy: string;
}

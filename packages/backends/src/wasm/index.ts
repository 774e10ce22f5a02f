import { registerWasmGradients } from './register-wasm-gradients';

registerWasmGradients();

export { UnsupportedKernelError } from '../errors';
export { registerWasmGradients } from './register-wasm-gradients';

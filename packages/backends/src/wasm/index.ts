import { registerWasmGradients } from './register-wasm-gradients';

registerWasmGradients();

export { registerWasmGradients } from './register-wasm-gradients';

/** The backends of TensorFlow.js that compute on a graphics processor. */
export type GpuBackend = 'webgpu' | 'webgl';

import { env, setBackend } from '@tensorflow/tfjs-core';
import { startFailure } from '../start-failure';
import { webglContext, webgpuAdapter } from './emulated-gpu';
import type { GpuBackend } from './gpu-backend';

export { emulatedGpu } from './emulated-gpu';

/**
 * Makes a graphics processor's backend the one that TensorFlow.js computes on; returns why it can't be, or undefined.
 *
 * The backend's code is loaded here, not with the page.
 */
export async function loadGpu(name: GpuBackend): Promise<string | undefined> {
  const missing = name === 'webgpu' ? await withoutAdapter() : withoutContext();
  if (missing) return missing;
  await (name === 'webgpu'
    ? import('@tensorflow/tfjs-backend-webgpu')
    : import('@tensorflow/tfjs-backend-webgl'));
  const { registerGpuGradients } = await import('./register-gpu-gradients');
  if (name === 'webgl' && !env().getBool('WEBGL_RENDER_FLOAT32_ENABLED')) {
    return 'this graphics processor computes with 16-bit floats, and training needs 32-bit ones';
  }
  if (!(await setBackend(name))) return `it does not start (${await startFailure(name)})`;
  registerGpuGradients(name);
  return undefined;
}

/** Why WebGPU has no device, as far as the browser tells. */
async function withoutAdapter(): Promise<string | undefined> {
  if (!('gpu' in navigator)) return 'this browser has no WebGPU';
  return (await webgpuAdapter()) ? undefined : 'this browser has no WebGPU device';
}

function withoutContext(): string | undefined {
  const context = webglContext();
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context ? undefined : 'this browser has no WebGL 2';
}

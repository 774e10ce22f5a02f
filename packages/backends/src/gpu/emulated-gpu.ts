import type { GpuBackend } from './gpu-backend';

/** Names of drivers that compute on the processor: SwiftShader, Mesa's llvmpipe and lavapipe, Windows' WARP. */
const EMULATED = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render/i;

/** The facts that WebGPU has about its device. */
export interface GpuAdapter {
  readonly isFallbackAdapter?: boolean;
  readonly info?: {
    readonly architecture?: string;
    readonly description?: string;
    readonly isFallbackAdapter?: boolean;
  };
}

/** A WebGL context, which the caller loses again, as a browser has few; undefined if there is none. */
export function webglContext(): WebGL2RenderingContext | undefined {
  if (typeof OffscreenCanvas === 'undefined' && typeof document === 'undefined') return undefined;
  const canvas =
    typeof OffscreenCanvas === 'undefined' ? document.createElement('canvas') : new OffscreenCanvas(1, 1);
  return (canvas.getContext('webgl2') as WebGL2RenderingContext | null) ?? undefined;
}

/** WebGPU's device; null if there is none. */
export async function webgpuAdapter(): Promise<GpuAdapter | null> {
  const { gpu } = globalThis.navigator as Navigator & {
    readonly gpu?: { requestAdapter(): Promise<GpuAdapter | null> };
  };
  return (await gpu?.requestAdapter().catch(() => null)) ?? null;
}

/** Says of a graphics processor that the processor emulates it, which is slower than wasm; undefined for others. */
export async function emulatedGpu(name: GpuBackend): Promise<string | undefined> {
  const driver = name === 'webgpu' ? ofAdapter(await webgpuAdapter()) : ofContext(webglContext());
  return driver && `the processor emulates the graphics processor (${driver})`;
}

function ofAdapter(adapter: GpuAdapter | null): string | undefined {
  const { architecture = '', description = '', isFallbackAdapter } = adapter?.info ?? {};
  const driver = `${description} ${architecture}`.trim();
  const isEmulated = adapter?.isFallbackAdapter || isFallbackAdapter || EMULATED.test(driver);
  return isEmulated ? driver || 'a fallback adapter' : undefined;
}

function ofContext(context: WebGL2RenderingContext | undefined): string | undefined {
  if (!context) return undefined;
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const driver = String(context.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : context.RENDERER));
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return EMULATED.exec(driver)?.[0];
}

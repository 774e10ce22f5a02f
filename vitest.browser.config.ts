import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** WebGPU on the processor, where there is no graphics processor. */
const WEBGPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/** A page of its own for each test file, in the browser that tools/test-browser.ts found. */
function page(name: string, include: string[], headers: Record<string, string> = {}) {
  return {
    // What the tests import is bundled before the first of them, not found on the way, whereby pages load anew.
    optimizeDeps: { entries: include, force: true },
    // A test passes `wasmPath: '/'`: there are the .wasm files.
    publicDir: 'packages/backends/node_modules/@tensorflow/tfjs-backend-wasm/dist',
    server: { headers },
    test: {
      name,
      include,
      browser: {
        enabled: true,
        headless: true,
        provider: playwright({ launchOptions: { executablePath: process.env.CHROMIUM_PATH, args: WEBGPU } }),
        instances: [{ browser: 'chromium' as const }],
        screenshotFailures: false,
      },
      // One at a time: a page is a process, and what it computes on is all that there is.
      fileParallelism: false,
      testTimeout: 60_000,
    },
  };
}

export default defineConfig({
  test: {
    projects: [
      page('page', ['packages/*/test/**/*.browser.test.ts']),
      // Such a page may share memory, and tfjs' wasm computes with threads.
      page(
        'isolated page',
        ['packages/backends/test/{wasm/,use-}*.browser.test.ts', 'packages/core/test/**/*.browser.test.ts'],
        ISOLATED,
      ),
      // Built pages, driven from Node in the same browser.
      {
        test: {
          name: 'studio',
          include: ['apps/studio/test/page/*.e2e.test.ts'],
          globalSetup: ['tools/test/temporary-folder.ts', 'apps/studio/test/page/serve-studio.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});

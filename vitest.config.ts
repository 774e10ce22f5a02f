import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'internal/*/test/**/*.test.ts',
      'packages/*/test/**/*.test.ts',
      'examples/*/test/**/*.test.ts',
      'apps/*/test/**/*.test.ts',
      'tools/test/**/*.test.ts',
    ],
    // vitest.browser.config.ts runs those.
    exclude: [...configDefaults.exclude, '**/*.browser.test.ts', '**/*.e2e.test.ts'],
    globalSetup: 'tools/test/temporary-folder.ts',
    // TensorFlow keeps its own thread pool and global state: a process a file, two at a time on two cores.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 240_000,
  },
});

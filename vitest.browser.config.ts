import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

// Run by tools/test-browser.ts, which finds the browser; Playwright's own would be a download.
export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.browser.test.ts'],
    browser: {
      enabled: true,
      headless: true,
      provider: playwright({ launchOptions: { executablePath: process.env.CHROMIUM_PATH } }),
      instances: [{ browser: 'chromium' }],
      screenshotFailures: false,
    },
    // One page at a time: a page is a whole process, and a test file computes on all that there is.
    fileParallelism: false,
    testTimeout: 60_000,
  },
});

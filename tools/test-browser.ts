// Runs the tests for a real browser, `*.browser.test.ts`, in an installed Chromium. `pnpm test:browser`
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findChromium } from './browser/find-chromium';

const root = join(import.meta.dirname, '..');

const chromium = findChromium();
if (chromium) {
  const version = execFileSync(chromium, ['--version'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  console.log(`browser: ${version.trim()} (${chromium})`);
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--config',
      'vitest.browser.config.ts',
      ...process.argv.slice(2),
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, CHROMIUM_PATH: chromium } },
  );
  process.exitCode = status ?? 1;
} else {
  console.log(
    'test:browser: no test was run, as there is no Chromium: CHROMIUM_PATH is not set, and neither chromium nor ' +
      'google-chrome is on PATH. Install it (Debian: apt-get install chromium; macOS: brew install --cask chromium).',
  );
  if (process.env.CI) process.exitCode = 1;
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';
import type { TestProject } from 'vitest/node';
import { makePublic } from '../../scripts/public-folder';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the built page is served. */
    readonly studio: string;
  }
}

/** Vitest's global set-up: builds the page as it is published, with one backbone, and serves it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'thaw-studio-'));
  const publicDir = join(folder, 'public');
  await makePublic(publicDir, ['efficientnet_lite0']);
  const app = join(import.meta.dirname, '../..');
  const outDir = join(folder, 'dist');
  const shared = { root: app, configFile: join(app, 'vite.config.ts'), publicDir, logLevel: 'warn' } as const;
  await build({ ...shared, build: { outDir, emptyOutDir: true } });
  const server = await preview({
    ...shared,
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1', allowedHosts: ['studio.test'] },
  });
  const address = server.httpServer.address();
  if (!address || typeof address === 'string') throw new Error('serve-studio: the server has no port.');
  project.provide('studio', `http://127.0.0.1:${address.port}/`);
  return async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  };
}

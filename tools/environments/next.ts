import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command';
import type { Environment, Outcome, Project } from './environment';
import { openPage } from './open-page';

const beside = { next: '16', react: '^19.0.0', 'react-dom': '^19.0.0' };

/** Next.js 16 with both of its bundlers; the page computes in the browser, the route on the server. */
export const next: readonly Environment[] = (['turbopack', 'webpack'] as const).flatMap((bundler) => [
  {
    name: `Next.js 16 with ${bundler}, page`,
    beside,
    build: (project: Project) => build(project, bundler),
    run: (project: Project) => served(project, (url) => openPage(url)),
  },
  {
    name: `Next.js 16 with ${bundler}, route`,
    beside,
    build: (project: Project) => build(project, bundler),
    run: (project: Project) =>
      served(project, async (url) => (await fetch(`${url}/api`)).json() as Promise<Outcome>),
  },
]);

async function build({ folder }: Project, bundler: string): Promise<void> {
  mkdirSync(join(folder, 'app/api'), { recursive: true });
  for (const place of ['app', 'app/api']) {
    cpSync(join(folder, 'train-and-predict.js'), join(folder, place, 'train-and-predict.js'));
  }
  for (const file of ['page.mjs', 'start-worker.js', 'training.worker.mjs']) {
    cpSync(join(folder, file), join(folder, 'app', file));
  }
  const files = {
    'next.config.mjs': 'export default {};\n',
    'app/layout.jsx':
      'export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html>; }\n',
    'app/page.jsx': `'use client';
      import { useEffect } from 'react';
      export default function Page() {
        useEffect(() => {
          import('./page.mjs');
        }, []);
        return <p>Thaw</p>;
      }\n`,
    'app/api/route.js': `import { trainAndPredict } from './train-and-predict.js';
      export const dynamic = 'force-dynamic';
      export async function GET() { return Response.json(await trainAndPredict()); }\n`,
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  await command(folder, 'next', ['build', `--${bundler}`], { NEXT_TELEMETRY_DISABLED: '1' });
}

/** Starts the production server on a free port, and stops it afterwards. */
async function served({ folder }: Project, use: (url: string) => Promise<Outcome>): Promise<Outcome> {
  const server = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'start', '--port', '0'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    let printed = '';
    const url = await new Promise<string>((resolve, reject) => {
      const read = (data: Buffer) => {
        printed += data;
        const address = /http:\/\/localhost:\d+/.exec(printed)?.[0];
        if (address && /ready/i.test(printed)) resolve(address);
      };
      server.stdout.on('data', read);
      server.stderr.on('data', read);
      server.on('exit', (code) => reject(new Error(`next start ended with ${code}: ${printed}`)));
    });
    return await use(url);
  } finally {
    server.kill();
    if (server.exitCode === null) await once(server, 'exit');
  }
}

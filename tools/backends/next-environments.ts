import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { runCommand } from '../packages/run-command';
import type { Environment } from './environment';
import { NEXT_APP } from './programs';
import { writeFiles } from './write-files';

const START_MS = 60_000;

function nextEnvironment(bundler: 'turbopack' | 'webpack', path: string): Environment {
  return {
    name: `Next.js, ${bundler}, ${path === '/' ? 'page' : 'route'}`,
    install(project, tarball) {
      writeFiles(project, NEXT_APP);
      const packages = [tarball, '@tensorflow/tfjs-core@4', 'next@16', 'react@19', 'react-dom@19'];
      runCommand('npm', ['install', '--ignore-scripts', ...packages], project);
      runCommand('npx', ['next', 'build', `--${bundler}`], project);
    },
    async run(project, prefer, env) {
      const port = await freePort();
      const server = spawn(
        process.execPath,
        ['node_modules/next/dist/bin/next', 'start', '-p', String(port)],
        {
          cwd: project,
          env: { ...process.env, ...env },
          stdio: 'ignore',
          // In a process group with its workers, so that all of them can be ended.
          detached: true,
        },
      );
      try {
        const page = await get(`http://localhost:${port}${path}?prefer=${prefer}`, server);
        return page.replaceAll('&quot;', '"').replace(/^[\s\S]*<pre>([\s\S]*?)<\/pre>[\s\S]*$/, '$1');
      } finally {
        const ended = once(server, 'exit');
        process.kill(-server.pid!, 'SIGTERM');
        await ended;
      }
    },
  };
}

/** A page and a route of one build, by each of Next's bundlers. */
export const NEXT_ENVIRONMENTS: readonly Environment[] = (['turbopack', 'webpack'] as const).flatMap(
  (bundler) => ['/', '/backend'].map((path) => nextEnvironment(bundler, path)),
);

/** The server's answer, as soon as there is one. */
async function get(url: string, server: ChildProcess): Promise<string> {
  const end = Date.now() + START_MS;
  while (Date.now() < end && server.exitCode === null) {
    const response = await fetch(url).catch(() => undefined);
    if (response) return response.text();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${url} did not answer`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0);
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  return port;
}

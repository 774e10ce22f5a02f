import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command';
import type { Environment, Outcome, Project } from './environment';
import { lastLine } from './last-line';

/** The package managers and runtimes that are used on servers, without a bundler. */
export const packageManagers: readonly Environment[] = [
  { name: 'npm, Node', run: onNode },
  ...['22', '24'].map((version) => ({
    name: `npm, Node ${version}`,
    run: async ({ folder }: Project) =>
      lastLine(await command(folder, 'npx', ['--yes', `node@${version}`, 'node.mjs'])),
  })),
  {
    name: 'pnpm, Node',
    beside: { pnpm: '12' },
    install: pnpmInstall,
    run: onNode,
  },
  {
    name: 'Yarn PnP, Node',
    install: yarnInstall,
    run: async ({ folder }) => lastLine(await command(folder, 'npx', [...YARN, 'node', 'node.mjs'])),
  },
  {
    name: 'Bun',
    install: bunInstall,
    run: async ({ folder }) => lastLine(await command(folder, await program(folder, 'bun'), ['node.mjs'])),
  },
  {
    name: 'Deno',
    install: async ({ folder }) => {
      const deno = await program(folder, 'deno', 'install.cjs');
      writeFileSync(join(folder, 'deno.json'), '{ "nodeModulesDir": "auto" }\n');
      await command(folder, deno, ['install'], { DENO_DIR: join(folder, 'cache') });
    },
    run: async ({ folder }) =>
      lastLine(
        await command(folder, await program(folder, 'deno'), ['run', '--allow-all', 'node.mjs'], {
          DENO_DIR: join(folder, 'cache'),
        }),
      ),
  },
];

/** Yarn, as `npx` runs it. */
export const YARN = ['--yes', '@yarnpkg/cli-dist@4'];

/** Installs with pnpm, which runs scripts of packages only if it is told to. */
export async function pnpmInstall({ folder }: Project): Promise<void> {
  writeFileSync(
    join(folder, 'pnpm-workspace.yaml'),
    'allowBuilds:\n  sharp: false\nstrictDepBuilds: false\n',
  );
  await command(folder, 'npx', ['--yes', 'pnpm', 'install', '--no-frozen-lockfile']);
}

/** Installs with Yarn, without a `node_modules`. */
export async function yarnInstall({ folder, registry }: Project): Promise<void> {
  writeFileSync(
    join(folder, '.yarnrc.yml'),
    [
      'nodeLinker: pnp',
      // Metadata from the server of another run isn't valid for this one.
      'globalFolder: .yarn-global',
      'enableScripts: false',
      'enableTelemetry: false',
      'unsafeHttpWhitelist: ["127.0.0.1"]',
      `npmScopes: { thawjs: { npmRegistryServer: "${registry}" } }`,
      'npmMinimalAgeGate: 0',
      '',
    ].join('\n'),
  );
  await command(folder, 'npx', [...YARN, 'install', '--no-immutable']);
}

/** Installs Bun, and with it the packages in package.json. */
export async function bunInstall({ folder }: Project): Promise<void> {
  const bun = await program(folder, 'bun', 'install.js');
  await command(folder, bun, ['install'], { BUN_INSTALL_CACHE_DIR: join(folder, 'cache') });
}

async function onNode({ folder }: Project): Promise<Outcome> {
  return lastLine(await command(folder, process.execPath, ['node.mjs']));
}

/** Installs a runtime that is published as a package in a separate folder, with its installer if one is given. */
export async function program(folder: string, name: string, installer?: string): Promise<string> {
  const own = join(folder, `.${name}`);
  if (installer) {
    await command(folder, 'npm', ['install', '--prefix', own, '--ignore-scripts', name]);
    await command(join(own, 'node_modules', name), process.execPath, [installer]);
  }
  return join(own, 'node_modules/.bin', name);
}

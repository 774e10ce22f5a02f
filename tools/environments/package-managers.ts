import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command';
import type { Environment, Outcome, Project } from './environment';
import { lastLine } from './last-line';

/** The package managers and run times that people use on a server, without a bundler. */
export const packageManagers: readonly Environment[] = [
  { name: 'npm, Node', run: onNode },
  {
    name: 'pnpm, Node',
    beside: { pnpm: '12' },
    install: async ({ folder }) => {
      writeFileSync(
        join(folder, 'pnpm-workspace.yaml'),
        'allowBuilds:\n  sharp: false\nstrictDepBuilds: false\n',
      );
      await command(folder, 'npx', ['--yes', 'pnpm', 'install', '--no-frozen-lockfile']);
    },
    run: onNode,
  },
  {
    name: 'Yarn PnP, Node',
    install: async ({ folder, registry }) => {
      writeFileSync(
        join(folder, '.yarnrc.yml'),
        [
          'nodeLinker: pnp',
          'enableGlobalCache: false',
          'enableScripts: false',
          'enableTelemetry: false',
          'unsafeHttpWhitelist: ["127.0.0.1"]',
          `npmScopes: { thawjs: { npmRegistryServer: "${registry}" } }`,
          'npmMinimalAgeGate: 0',
          '',
        ].join('\n'),
      );
      await command(folder, 'npx', ['--yes', '@yarnpkg/cli-dist@4', 'install', '--no-immutable']);
    },
    run: async ({ folder }) =>
      lastLine(await command(folder, 'npx', ['--yes', '@yarnpkg/cli-dist@4', 'node', 'node.mjs'])),
  },
  {
    name: 'Bun',
    install: async ({ folder }) => {
      const bun = await program(folder, 'bun', 'install.js');
      await command(folder, bun, ['install'], { BUN_INSTALL_CACHE_DIR: join(folder, 'cache') });
    },
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

async function onNode({ folder }: Project): Promise<Outcome> {
  return lastLine(await command(folder, process.execPath, ['node.mjs']));
}

/** A run time that comes as a package: installed in a folder of its own, by its installer where that is given. */
async function program(folder: string, name: string, installer?: string): Promise<string> {
  const own = join(folder, `.${name}`);
  if (installer) {
    await command(folder, 'npm', ['install', '--prefix', own, '--ignore-scripts', name]);
    await command(join(own, 'node_modules', name), process.execPath, [installer]);
  }
  return join(own, 'node_modules/.bin', name);
}

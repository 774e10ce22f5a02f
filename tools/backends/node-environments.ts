import { appendFileSync } from 'node:fs';
import { runCommand } from '../packages/run-command';
import type { Environment } from './environment';
import { writeFiles } from './write-files';

const TFJS_CORE = '@tensorflow/tfjs-core@4';

type Command = readonly [string, ...string[]];

function environment(
  name: string,
  install: (project: string, tarball: string) => readonly Command[],
  command: Command,
): Environment {
  return {
    name,
    install(project, tarball) {
      for (const [program, ...args] of install(project, tarball)) runCommand(program, args, project);
    },
    async run(project, prefer, env) {
      const [program, ...args] = command;
      return runCommand(program, [...args, prefer], project, env);
    },
  };
}

const npm = (_: string, tarball: string): Command[] => [
  ['npm', 'install', '--ignore-scripts', tarball, TFJS_CORE],
];

/** A clean install from the lockfile, in which the native addon used to get lost. */
const cleanInstall = (project: string, tarball: string): Command[] => [
  ...npm(project, tarball),
  ['npm', 'ci', '--ignore-scripts'],
];

const yarn = (project: string, tarball: string): Command[] => {
  appendFileSync(`${project}/yarn.lock`, '');
  const add = ['add', `@thawjs/backends@file:${tarball}`, TFJS_CORE];
  return [['npx', '-y', '@yarnpkg/cli-dist@4', ...add]];
};

const nodeAt = (version: string): Command => ['npx', '-y', `node@${version}`];

/** Per esbuild's documentation, an ES module that contains CommonJS code needs its own `require`. */
const ESBUILD: readonly [string, string, ...string[]][] = [
  ['CommonJS', 'program.cjs'],
  [
    'ES module',
    'program.mjs',
    '--format=esm',
    "--banner:js=import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  ],
];

/** Node itself at each supported version, each package manager's layout, and Bun. */
export const NODE_ENVIRONMENTS: readonly Environment[] = [
  ...['20', '22', '24'].flatMap((version) => [
    environment(`Node ${version}, import`, npm, [...nodeAt(version), 'program.mjs']),
    environment(`Node ${version}, require`, npm, [...nodeAt(version), 'program.cjs']),
  ]),
  environment('npm ci --ignore-scripts', cleanInstall, ['node', 'program.mjs']),
  environment('pnpm', (_, tarball) => [['npx', '-y', 'pnpm', 'add', tarball, TFJS_CORE]], [
    'node',
    'program.mjs',
  ]),
  environment("Yarn 4, Plug'n'Play", yarn, ['npx', '-y', '@yarnpkg/cli-dist@4', 'node', 'program.mjs']),
  environment('Bun', (_, tarball) => [['npx', '-y', 'bun@1', 'add', tarball, TFJS_CORE]], [
    'npx',
    '-y',
    'bun@1',
    'program.mjs',
  ]),
  ...ESBUILD.map(([format, input, ...flags]) =>
    environment(
      `esbuild, one file, ${format}`,
      (project, tarball) => [
        ...npm(project, tarball),
        ['npx', '-y', 'esbuild', input, '--bundle', '--platform=node', `--outfile=alone/${input}`, ...flags],
        ['mv', 'node_modules', 'elsewhere'],
      ],
      ['node', `alone/${input}`],
    ),
  ),
  ...['', '--config=inside.config.mjs'].map((config) =>
    environment(
      `Vite, server build${config && ', everything inside'}`,
      (project, tarball) => {
        writeFiles(project, { 'inside.config.mjs': 'export default { ssr: { noExternal: true } };\n' });
        const build = ['vite', 'build', '--ssr', 'program.mjs', ...(config ? [config] : [])];
        return [...npm(project, tarball), ['npm', 'install', 'vite@8'], ['npx', ...build]];
      },
      ['node', 'dist/program.mjs'],
    ),
  ),
];

import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { NativeSetupError } from './native-setup-error';
import { runCommand } from './run-command';

/**
 * Fetches a package's tarball with the user's npm, so that the user's registry, proxy, certificate and offline
 * settings hold, and returns its path. Nothing is installed and no script runs.
 *
 * @param options.project the folder whose `.npmrc` holds
 * @param options.folder takes the tarball; the caller removes it
 * @throws {NativeSetupError} `ERR_NATIVE_DOWNLOAD`
 */
export async function npmPack(
  spec: string,
  options: { readonly project: string; readonly folder: string; readonly env?: NodeJS.ProcessEnv },
): Promise<string> {
  await mkdir(options.folder, { recursive: true });
  const args = ['pack', spec, '--ignore-scripts', '--prefer-offline', '--pack-destination', options.folder];
  // `npx --workspace` sets it for npx's own run, and npm would pack that workspace.
  const env = { ...(options.env ?? process.env), npm_config_workspace: undefined, NODE_OPTIONS: '' };
  let said = 'npm was not found';
  for (const [command, ...first] of npmCommands(env)) {
    const result = await runCommand(command, [...first, ...args], { cwd: options.project, env });
    const [file] = (await readdir(options.folder)).filter((name) => name.endsWith('.tgz'));
    if (result.code === 0 && file) return join(options.folder, file);
    if (result.startError) continue;
    said = errorLine(result.output);
    break;
  }
  throw new NativeSetupError(
    'ERR_NATIVE_DOWNLOAD',
    `npm could not fetch ${spec} (it said: ${said}).`,
    'Check that your npm registry can be reached (npm config get registry), and run npx thaw-backends setup again; ' +
      `or fetch it elsewhere with npm pack ${spec} and pass it: npx thaw-backends setup --tfjs-node FILE.`,
  );
}

/** npm on the PATH, else the one that came with Node. On Windows the PATH has a script, which needs a shell. */
function npmCommands(env: NodeJS.ProcessEnv): string[][] {
  const beside = dirname(process.execPath);
  const scripts = [
    env.npm_execpath ?? '',
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const ours = scripts.filter((path) => path.endsWith('npm-cli.js') && existsSync(path));
  const commands = ours.map((path) => [process.execPath, path]);
  return process.platform === 'win32' ? commands : [['npm'], ...commands];
}

function errorLine(output: string): string {
  const lines = output.split('\n').map((line) => line.replace(/^npm (error|ERR!)\s*/, '').trim());
  return lines.find((line) => line && !/^(npm|code|errno|syscall|A complete log)\b/.test(line)) ?? 'nothing';
}

import { spawnSync } from 'node:child_process';

/** Runs a command to its end, and returns its output. If it fails, the error has all of the output. */
export function runCommand(
  command: string,
  args: readonly string[],
  folder: string,
  env: NodeJS.ProcessEnv = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 28,
  });
  if (status === 0) return stdout;
  const reason = error?.message ?? `exit ${status}`;
  throw new Error(`${command} ${args.join(' ')}: ${reason}\n${stdout}${stderr}`);
}

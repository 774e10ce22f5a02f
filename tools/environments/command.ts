import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';

const TIME_LIMIT_MS = 8 * 60_000;

/**
 * Runs a command in a folder, with the folder's node_modules/.bin first on the PATH. Returns its output; a failure has
 * the end of the output in its message.
 */
export function command(
  folder: string,
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const PATH = [join(folder, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  // Variables that this script's own package manager sets aren't part of the user's environment.
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:npm_|pnpm_|NODE_OPTIONS|INIT_CWD)/i.test(name)),
  );
  const options = {
    cwd: folder,
    env: { ...inherited, PATH, CI: '1', ...environment },
    timeout: TIME_LIMIT_MS,
    maxBuffer: 2 ** 28,
  };
  return new Promise((resolve, reject) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else
        reject(
          new Error(
            `${program} ${args.join(' ')}: ${error.message.split('\n')[0]}\n${tail(stdout + stderr)}`,
          ),
        );
    });
  });
}

function tail(text: string): string {
  return text.trim().split('\n').slice(-25).join('\n');
}

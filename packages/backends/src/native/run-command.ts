import { spawn } from 'node:child_process';

/** How a command ended; `output` is the end of stdout and stderr together. */
export interface CommandResult {
  readonly code: number | null;
  readonly signal: string | null;
  /** Set when the command could not be started at all, e.g. 'ENOENT'. */
  readonly startError?: string;
  readonly stdout: string;
  readonly output: string;
}

/** Runs a command to its end, without a shell, and keeps the last 64 kB of what it wrote. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: NodeJS.ProcessEnv;
    readonly signal?: AbortSignal;
    readonly onOutput?: () => void;
  } = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    let stdout = '';
    let output = '';
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      // A process group of its own, so that an abort also ends what it started; without an abort to come it stays in
      // ours, so that Ctrl-C ends it too.
      detached: options.signal !== undefined && process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const abort = () => killGroup(child.pid);
    options.signal?.addEventListener('abort', abort, { once: true });
    const finish = (result: Pick<CommandResult, 'code' | 'signal' | 'startError'>) => {
      options.signal?.removeEventListener('abort', abort);
      resolve({ ...result, stdout, output });
    };
    const take = (text: string) => {
      output = (output + text).slice(-65_536);
      options.onOutput?.();
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout = (stdout + text).slice(-65_536);
      take(text);
    });
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', (error: NodeJS.ErrnoException) =>
      finish({ code: null, signal: null, startError: error.code ?? error.message }),
    );
    child.on('close', (code, signal) => finish({ code, signal }));
    if (options.signal?.aborted) abort();
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

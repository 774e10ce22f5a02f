import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DataFiles } from './make-data';

/** The answer of one side for one measure. */
export interface Answer {
  readonly ms: number;
  /** Peak resident memory beyond what was resident before. */
  readonly bytes: number;
  readonly values: readonly number[];
}

/** One side: a process that keeps its input in memory and answers one question at a time. */
export interface Side {
  ask(name: string): Promise<Answer>;
  stop(): Promise<void>;
}

const here = import.meta.dirname;

export function startOurs(data: DataFiles): Side {
  return start(process.execPath, [
    ...process.execArgv,
    '--expose-gc',
    join(here, 'ours.ts'),
    ...inputs(data),
  ]);
}

export function startPeer(data: DataFiles): Side {
  return start(process.env.PYTHON!, ['-B', join(here, 'scikit_learn.py'), ...inputs(data)]);
}

function inputs({ truth, scores, rows, columns }: DataFiles): string[] {
  return [truth, scores, String(rows), String(columns)];
}

function start(command: string, args: readonly string[]): Side {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(name) {
      child.stdin.write(`${name}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${command} ended before it answered ${name}`);
      return JSON.parse(value);
    },
    async stop() {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}

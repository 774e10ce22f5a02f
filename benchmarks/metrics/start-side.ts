import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** What one side says of one measure. */
export interface Answer {
  readonly ms: number;
  /** Peak resident memory beyond what was resident before. */
  readonly bytes: number;
  readonly values: readonly number[];
}

/** One side as a process that keeps its input in memory and answers one question at a time. */
export interface Side {
  ask(name: string): Promise<Answer>;
  stop(): Promise<void>;
}

export function startSide(command: string, args: readonly string[]): Side {
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

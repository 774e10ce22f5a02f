import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One ```ts block of a docstring or of a README. */
export interface Example {
  /** Path from the root of the repository, `/` between its parts. */
  readonly file: string;
  /** Line of the block's first line of code in `file`, from 1. */
  readonly line: number;
  readonly code: string;
}

/**
 * The ```ts blocks of a file that are meant to run: all except those marked ```ts no-run.
 *
 * @param wanted - `'no-run'` gives the marked blocks instead.
 */
export function extractExamples(root: string, file: string, wanted: 'run' | 'no-run' = 'run'): Example[] {
  const isMarkdown = file.endsWith('.md');
  // In a docstring each line begins with ` * `, and only code after an `@example` is an example.
  const prefix = isMarkdown ? /^/ : /^\s*\* ?/;
  const examples: Example[] = [];
  let open: { line: number; code: string[]; isWanted: boolean } | undefined;
  let isExample = isMarkdown;
  for (const [index, raw] of readFileSync(join(root, file), 'utf8').split('\n').entries()) {
    const text = raw.replace(prefix, '');
    const fence = /^ *```ts(?<mark> no-run)?\s*$/.exec(text);
    if (open && text.trim() === '```') {
      if (open.isWanted) examples.push({ file, line: open.line, code: open.code.join('\n') });
      open = undefined;
    } else if (open) open.code.push(text);
    else if (fence && isExample) {
      const isWanted = (fence.groups?.mark ? 'no-run' : 'run') === wanted;
      open = { line: index + 2, code: [], isWanted };
    } else if (!isMarkdown && !prefix.test(raw)) isExample = false;
    else if (!isMarkdown && text.startsWith('@')) isExample = text.startsWith('@example');
  }
  if (open) throw new Error(`${file}:${open.line}: expected \`\`\` at the end of the example; found none.`);
  return examples;
}

import ts from 'typescript';

/** The packages that a README tells its reader to install, and those that its examples import. */
export interface Readme {
  /** Packages of its `npm install` lines, in order. */
  readonly installed: readonly string[];
  /** Packages that its TypeScript and JavaScript examples import, including examples that the tests don't run. */
  readonly imported: readonly string[];
  /** Its examples that the tests run. */
  readonly examples: readonly string[];
}

/** Reads a README's fenced blocks: `sh` for the install lines, `ts` and the like for the examples. */
export function readReadme(markdown: string): Readme {
  const blocks = [...markdown.matchAll(/^```(?<kind>\S*)(?<marks>[^\n]*)\n(?<code>.*?)^```/gms)].map(
    ({ groups }) => groups as { kind: string; marks: string; code: string },
  );
  const code = blocks.filter(({ kind }) => /^(?:ts|tsx|js|jsx|mjs|typescript|javascript)$/.test(kind));
  const shell = blocks.filter(({ kind }) => /^(?:|sh|bash|shell|console)$/.test(kind));
  return {
    installed: unique(shell.flatMap((block) => packagesInstalled(block.code))),
    imported: unique(code.flatMap((block) => packagesImported(block.code))),
    examples: code
      .filter(({ kind, marks }) => kind === 'ts' && !marks.includes('no-run'))
      .map((one) => one.code),
  };
}

function packagesInstalled(script: string): string[] {
  return script
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => /^(?:\$ )?npm (?:install|i|add) /.test(line))
    .flatMap((line) => line.split(/\s+/).slice(line.startsWith('$') ? 3 : 2))
    .filter((word) => !word.startsWith('-'))
    .map((word) => /^@?[^@]+/.exec(word)![0]);
}

/** Excludes Node's own modules and files beside the example. */
function packagesImported(code: string): string[] {
  return ts
    .preProcessFile(code, true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => !/^(?:\.|\/|node:)/.test(name))
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}

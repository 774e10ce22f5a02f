import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** TypeScript's ways to resolve modules, each with a matching module format. */
const WAYS = [
  ['node10', ts.ModuleResolutionKind.Node10, ts.ModuleKind.CommonJS],
  ['node16', ts.ModuleResolutionKind.Node16, ts.ModuleKind.Node16],
  ['nodenext', ts.ModuleResolutionKind.NodeNext, ts.ModuleKind.NodeNext],
  ['bundler', ts.ModuleResolutionKind.Bundler, ts.ModuleKind.ESNext],
] as const;

/**
 * Compiles consumer/consumer.ts in a project that has the packages installed: as an ES module and as CommonJS, under
 * every `moduleResolution`, with every strict option. The declarations of the packages are checked, too.
 *
 * @returns TypeScript's errors about the program or our declarations, one sentence each
 */
export function compileAsUser(project: string): string[] {
  const files = ['consumer.mts', 'consumer.cts'].map((name) => join(project, name));
  for (const file of files) copyFileSync(join(import.meta.dirname, 'consumer/consumer.ts'), file);
  return WAYS.flatMap(([name, moduleResolution, module]) => {
    const program = ts.createProgram(files, {
      moduleResolution,
      module,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noPropertyAccessFromIndexSignature: true,
      noImplicitOverride: true,
      noUnusedLocals: true,
      noEmit: true,
      types: [],
    });
    return ts
      .getPreEmitDiagnostics(program)
      .filter(({ file }) => isOurs(file?.fileName, project))
      .map(({ file, start, messageText }) => {
        const line =
          file && start !== undefined ? `:${file.getLineAndCharacterOfPosition(start).line + 1}` : '';
        return `${name}: ${file?.fileName ?? ''}${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
      });
  });
}

/** tfjs-layers' own declarations have errors under these options. */
function isOurs(file: string | undefined, project: string): boolean {
  return !file || file.includes('/@thawjs/') || !file.slice(project.length).includes('/node_modules/');
}

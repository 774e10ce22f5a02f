import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/**
 * The imports from a folder to a higher one, types included: one sentence per import.
 *
 * Files outside of all folders are below all folders except the first. The package's entries may import everything.
 *
 * @param folders from the lowest to the highest
 * @param entries the files that users import
 */
export function upwardImports(
  sources: string,
  folders: readonly string[],
  entries: readonly string[] = ['index.ts'],
): string[] {
  const heightOf = (file: string) => {
    const [folder, ...rest] = file.split('/');
    return rest.length > 0 ? folders.indexOf(folder) : 0.5;
  };
  return readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !entries.includes(file))
    .sort()
    .flatMap((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(join(sources, file), 'utf8'));
      return importedFiles
        .filter(({ fileName }) => fileName.startsWith('.'))
        .map(({ fileName }) => posix.join(posix.dirname(file), fileName))
        .filter((imported) => heightOf(imported) > heightOf(file))
        .map((imported) => `${file} imports ${imported}, which is higher`);
    });
}

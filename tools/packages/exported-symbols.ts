import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** The declaring file, by exported name and then by package. */
export type ExportedSymbols = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Every name that the sources of the packages below `root`/packages export, from any of their entries. */
export function exportedSymbols(root: string): ExportedSymbols {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const entries = readdirSync(join(root, 'packages')).flatMap((folder) =>
    entriesOf(join(root, 'packages', folder)),
  );
  const program = ts.createProgram({ rootNames: entries.map(({ file }) => file), options });
  const checker = program.getTypeChecker();

  const symbols = new Map<string, Map<string, string>>();
  for (const { name, file } of entries) {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file)!)!;
    for (const symbol of checker.getExportsOfModule(module)) {
      const declared = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const byPackage = symbols.get(symbol.name) ?? new Map<string, string>();
      byPackage.set(name, declared.declarations?.[0]?.getSourceFile().fileName ?? 'nowhere');
      symbols.set(symbol.name, byPackage);
    }
  }
  return symbols;
}

function entriesOf(folder: string): { name: string; file: string }[] {
  const { name, exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return Object.values(exports as Record<string, string>).map((file) => ({
    name,
    file: join(dirname(join(folder, 'package.json')), file),
  }));
}

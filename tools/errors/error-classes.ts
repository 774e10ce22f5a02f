import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A class of a package that extends an error class. */
export interface ErrorClass {
  readonly name: string;
  readonly folder: string;
  readonly file: string;
  readonly isExported: boolean;
  /** The class that it extends. */
  readonly base: string;
  /** Whether it is declared to implement ThawError. */
  readonly isThawError: boolean;
  readonly codes: readonly string[];
}

/** Every class in the sources of the packages below `root`/packages whose base class has a name that ends in Error. */
export function errorClasses(root: string): ErrorClass[] {
  return readdirSync(join(root, 'packages')).flatMap((folder) => {
    const sources = join(root, 'packages', folder, 'src');
    return readdirSync(sources, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => classesOf(folder, join(sources, file)));
  });
}

function classesOf(folder: string, file: string): ErrorClass[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  return source.statements.filter(ts.isClassDeclaration).flatMap((declared) => {
    const heritage = (kind: ts.SyntaxKind) =>
      declared.heritageClauses
        ?.filter(({ token }) => token === kind)
        .flatMap(({ types }) => types.map(({ expression }) => expression.getText(source))) ?? [];
    const [base] = heritage(ts.SyntaxKind.ExtendsKeyword);
    if (!base?.endsWith('Error') || !declared.name) return [];
    return [
      {
        name: declared.name.text,
        folder,
        file,
        isExported: declared.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false,
        base,
        isThawError: [base, ...heritage(ts.SyntaxKind.ImplementsKeyword)].includes('ThawError'),
        codes: codesOf(declared, source),
      },
    ];
  });
}

/** The codes of `readonly code = 'ERR_…'` or, if the constructor takes the code, all codes in the file's types. */
function codesOf(declared: ts.ClassDeclaration, source: ts.SourceFile): string[] {
  const property = declared.members
    .filter(ts.isPropertyDeclaration)
    .find(({ name }) => name.getText(source) === 'code');
  if (property?.initializer && ts.isStringLiteral(property.initializer)) return [property.initializer.text];
  return source.statements
    .filter(ts.isTypeAliasDeclaration)
    .flatMap(({ type }) => (ts.isUnionTypeNode(type) ? type.types : []))
    .flatMap((type) =>
      ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? [type.literal.text] : [],
    );
}

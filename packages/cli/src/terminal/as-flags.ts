/**
 * The options of the packages that errors name, and the flags that stand for them on the command line. More than one flag can
 * stand in a sentence.
 */
const FLAGS: readonly (readonly [option: RegExp, flag: string])[] = [
  [/npx thaw-backends (?=setup|doctor)/g, 'thaw '],
  [/Give the folder that holds (?:them|all of them) as root/g, 'Name the folder that holds them'],
  [/, say where each lies with findImage, (?=leave )/g, ', or '],
  [/, or open the labels alone with images: 'ignore'/g, ''],
  [/(?:onProblem|unlabelled): 'skip'/g, '--on-problem skip'],
  [/repeated: 'first', 'last' or 'union'/g, '--repeated first, last or union'],
  [/\{ encoding: '([\w-]+)' \}/g, '--encoding $1'],
  [/\bimage: "([^"]+)"/g, '--image "$1"'],
  [
    /what cells mean with values, or which columns are labels with labels/g,
    'what cells mean with --values, or which columns are labels with --columns',
  ],
  [/Name the (columns of labels|labels that all have) with labels/g, 'Name the $1 by --columns'],
  [/values: '(\w[\w-]*)'/g, '--values $1'],
  [/labels: \{ delimiter: '([^']*)' \}/g, '--delimiter "$1"'],
  [/labels: \{ column: '([^']*)', after: '([^']*)'/g, '--tags "$1" --after "$2"'],
  [/(--after "[^"]*"), confidence: '([^']*)' \}/g, '$1 --confidence "$2"'],
  [/(--after "[^"]*") \}/g, '$1'],
  [/labels: \{ confidence: '([^']*)' \}, with atLeast: 0 if all labels are there/g, '--confidence "$1"'],
  [/labels: \{ names: \[\.\.\.\] \}/g, '--names A,B,C'],
  [/labels: \['([^']*)'\]/g, '--columns "$1"'],
  [/, or say labels: \{ form: 'names' \} if this is (?:a name|the name of a label)/g, ''],
  [/labels: \{ missing: '(\w+)' \}, 'unknown'/g, '--missing $1, unknown'],
  [/a name that backbones\(\) lists/g, 'a name that `thaw backbones` lists'],
  [/ A network that it lacks is opened by openModel\(\)\./g, ''],
  [/Pass a path or URL as `weights`, or null for random ones/g, 'Name a file by --weights'],
  [/pass its path as `weights`/g, 'name its path by --weights'],
];

/**
 * The message of an error as a user of the command line needs it: with flags in the place of the options that a
 * program would pass.
 */
export function asFlags(message: string): string {
  return FLAGS.reduce((text, [option, flag]) => text.replace(option, flag), message);
}

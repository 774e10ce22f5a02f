/** A text that is probably several names, and what stands between them. */
export interface UnsplitName {
  readonly name: string;
  readonly delimiter: string;
  /** Why it is probably no single name, for messages. */
  readonly because: string;
}

/** Separators between names, besides commas, semicolons and bars. */
const BETWEEN = / ?(?:<br ?\/?>|[/+&\u00b7\u2022>]) ?| and | /i;

/**
 * Finds a name that is probably several: its words are names of other rows; it is numbers between slashes; words with
 * underscores stand between spaces; the same words are a name in another order; or all names are made of fewer words
 * than there are names.
 */
export function unsplitName(names: Iterable<string>): UnsplitName | undefined {
  const all = new Set(names);
  const ordered = new Map<string, string>();
  const words = new Set<string>();
  let longest: string | undefined;
  for (const name of all) {
    // runs of spaces would make the expressions slow
    const own = name.split(/\s+/);
    const plain = own.join(' ');
    if (/^\d+(?: ?\/ ?\d+)+$/.test(plain))
      return { name, delimiter: '/', because: 'which is several numbers' };
    if (isOfOthers(plain, all)) {
      const [between] = BETWEEN.exec(plain)!;
      const delimiter = /\w/.test(between) ? between : between.trim() || ' ';
      return { name, delimiter, because: 'whose words are labels of other rows' };
    }
    for (const word of own) words.add(word);
    if (own.length < 2) continue;
    if (own.every((word) => word.startsWith('#')))
      return { name, delimiter: ' ', because: 'whose words are tags' };
    if (own.some((word) => /[^_]_[^_]/.test(word)))
      return { name, delimiter: ' ', because: 'whose words are joined by underscores' };
    const sorted = [...own].sort().join(' ');
    const other = ordered.get(sorted);
    if (other !== undefined && other !== plain)
      return { name, delimiter: ' ', because: 'whose words are also in another order' };
    ordered.set(sorted, plain);
    if (own.length > 2) longest ??= name;
  }
  if (longest === undefined || all.size <= words.size) return undefined;
  const because = `whose words are in other names too, ${words.size} words in ${all.size} names`;
  return { name: longest, delimiter: ' ', because };
}

/** Whether a name is made of several words that are names themselves. */
function isOfOthers(plain: string, names: ReadonlySet<string>): boolean {
  const words = plain.split(BETWEEN).filter((word) => word !== '');
  return words.length > 1 && words.every((word) => names.has(word));
}

/** A text that is probably several names, and what stands between them. */
export interface UnsplitName {
  readonly name: string;
  readonly delimiter: string;
  /** Why it is probably no single name, for messages. */
  readonly because: string;
}

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
    const slashed = /^\d+(\s*\/\s*\d+)+$/.test(name);
    if (slashed) return { name, delimiter: '/', because: 'which is several numbers' };
    if (isOfOthers(name, all)) {
      const [, between] = /[^\s/+&]([\s/+&]+)/.exec(name)!;
      return { name, delimiter: between.trim() || ' ', because: 'whose words are labels of other rows' };
    }
    const own = name.split(/\s+/);
    for (const word of own) words.add(word);
    if (own.length < 2) continue;
    if (own.some((word) => /[^_]_[^_]/.test(word)))
      return { name, delimiter: ' ', because: 'whose words are joined by underscores' };
    const sorted = [...own].sort().join(' ');
    if (ordered.has(sorted))
      return { name, delimiter: ' ', because: 'whose words are also in another order' };
    ordered.set(sorted, name);
    if (own.length > 2) longest ??= name;
  }
  const isMade = longest !== undefined && all.size > words.size;
  return isMade
    ? {
        name: longest!,
        delimiter: ' ',
        because: `whose words are in other names too, ${words.size} words in ${all.size} names`,
      }
    : undefined;
}

/** Whether a name is made of several words that are names themselves. */
function isOfOthers(name: string, names: ReadonlySet<string>): boolean {
  const words = name.split(/[\s/+&]+/).filter((word) => word !== '');
  return words.length > 1 && words.every((word) => names.has(word));
}

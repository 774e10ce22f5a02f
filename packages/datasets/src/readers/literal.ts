/** The value of a literal: JSON values. Tuples, sets and arrays become lists. */
export type Literal =
  | string
  | number
  | boolean
  | null
  | readonly Literal[]
  | { readonly [key: string]: Literal };

const CLOSING: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}' };
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '0': '\0' };
const WORDS: Readonly<Record<string, Literal>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  null: null,
  None: null,
  nan: null,
  NaN: null,
};

/** Whether a text has the brackets of a list, a tuple, a set or an object around it. */
export function looksLikeLiteral(text: string): boolean {
  const start = /^(?:(?:np\.|numpy\.)?(?:array|list|tuple|set|frozenset)\s*)?([[({])/.exec(text);
  return start !== null && text.length > 1 && [']', ')', '}'].includes(text.at(-1)!);
}

/**
 * Reads a list or object as JSON, Python, NumPy and YAML's flow style write them: `["a"]`, `['a', 'b']`, `('a',)`,
 * `{'a'}`, `[0 1 1]`, `array([0., 1.])`, `[cat, dog]`, `{"choices": ["cat"]}`.
 *
 * Entries are separated by commas. Spaces alone separate numbers and quoted texts.
 *
 * @param depth how deep lists may be nested
 * @returns undefined if the text isn't such a literal, or is nested deeper
 */
export function parseLiteral(text: string, depth: number): Literal | undefined {
  let at = 0;
  const spaces = () => {
    while (at < text.length && /\s/.test(text[at])) at++;
  };
  const value = parse(depth);
  spaces();
  return at === text.length ? value : undefined;

  function parse(levels: number): Literal | undefined {
    spaces();
    const call = /^(?:(?:np|numpy)\.)?(?:array|list|tuple|set|frozenset)\s*\(/.exec(text.slice(at, at + 24));
    if (call) {
      at += call[0].length;
      const inner = parse(levels - 1);
      // the arguments that follow, as dtype
      const rest = /^\s*(?:,\s*dtype\s*=\s*[\w.'"]+\s*)?\)/.exec(text.slice(at, at + 80));
      if (inner === undefined || !rest) return undefined;
      at += rest[0].length;
      return inner;
    }
    const closing = CLOSING[text[at] ?? ''];
    if (closing) return levels > 0 ? parseEntries(closing, levels) : undefined;
    const quote = text[at];
    if (quote === '"' || quote === "'") return quoted(quote);
    const start = at;
    while (at < text.length && !/[,:[\](){}"]/.test(text[at])) {
      // numbers may be separated by spaces alone
      if (/\s/.test(text[at]) && isNumber(text.slice(start, at))) break;
      at++;
    }
    const word = text.slice(start, at).trim();
    if (word === '') return undefined;
    if (Object.hasOwn(WORDS, word)) return WORDS[word];
    return isNumber(word) ? Number(word) : word;
  }

  function parseEntries(closing: string, levels: number): Literal | undefined {
    at++;
    const list: Literal[] = [];
    const entries: [string, Literal][] = [];
    for (;;) {
      spaces();
      if (text[at] === closing) {
        at++;
        if (entries.length > 0) return list.length > 0 ? undefined : Object.fromEntries(entries);
        return list;
      }
      const entry = parse(levels - 1);
      if (entry === undefined) return undefined;
      spaces();
      if (closing === '}' && text[at] === ':') {
        at++;
        const named = parse(levels - 1);
        if (named === undefined || (typeof entry === 'object' && entry !== null)) return undefined;
        entries.push([String(entry), named]);
      } else list.push(entry);
      spaces();
      if (text[at] === ',') at++;
      else if (text[at] !== closing && typeof entry !== 'number' && !/["']/.test(text[at] ?? ''))
        return undefined;
    }
  }

  function quoted(quote: string): string | undefined {
    let content = '';
    for (at++; at < text.length; at++) {
      const letter = text[at];
      if (letter === quote) {
        at++;
        return content;
      }
      if (letter !== '\\') content += letter;
      else {
        const next = text[++at] ?? '';
        const code = /^(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))/.exec(text.slice(at, at + 5));
        if (code) {
          content += String.fromCharCode(Number.parseInt(code[1] ?? code[2], 16));
          at += code[0].length - 1;
        } else content += ESCAPES[next] ?? next;
      }
    }
    return undefined;
  }
}

/** Whether a text is a number in full: `0`, `-1`, `.5`, `1.`, `2e-3`. */
export function isNumber(text: string): boolean {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text);
}

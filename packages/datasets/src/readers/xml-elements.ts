/** An element of XML; text and elements below it in order. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The text directly in it, trimmed. */
  readonly text: string;
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:"[^"]*"|'[^']*'|[^"'>]){0,20000})>|([^<]+)/y;

/**
 * Reads the XML of annotation tools: elements, attributes, text, the five entities and numbered ones. No document type is read,
 * so that no entity expands to more than a letter.
 *
 * @param depth how deep elements may be nested
 * @param fail called with the problem
 */
export function parseXml(text: string, depth: number, fail: (problem: string) => never): XmlElement {
  const root: OpenElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(text);
    if (!token) return fail(`expected XML; received "${text.slice(at, at + 40)}"`);
    const [, cdata, closed, opened, rest, plain] = token;
    const current = open.at(-1)!;
    if (cdata !== undefined) current.text += cdata;
    else if (plain !== undefined) current.text += decoded(plain);
    else if (closed !== undefined) {
      if (open.length === 1 || closed !== current.name)
        fail(`expected the end of <${current.name}>; received </${closed}>`);
      current.text = current.text.trim();
      open.pop();
    } else if (opened !== undefined) {
      const isClosed = rest.endsWith('/');
      const element = { name: opened, attributes: attributesOf(rest), children: [], text: '' };
      current.children.push(element);
      if (!isClosed) open.push(element);
      if (open.length > depth + 1) fail(`expected at most ${depth} elements in each other; received more`);
    }
  }
  const [element, ...others] = root.children;
  if (open.length > 1) fail(`expected the end of <${open.at(-1)!.name}>; the file ends before`);
  if (!element || others.length > 0) fail('expected XML with one element around all');
  return element;
}

/** The elements of a name directly below another. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

function attributesOf(text: string): Record<string, string> {
  const pairs = text.matchAll(/([^\s=/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  return Object.fromEntries(Array.from(pairs, ([, name, a, b]) => [name, decoded(a ?? b)]));
}

function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

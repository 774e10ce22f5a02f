import { Window } from 'happy-dom';
import { type ParserError, parse } from 'parse5';
import { expect } from 'vitest';

/** A document of an HTML file or fragment. */
export function parseHtml(html: string) {
  const { document } = new Window({ settings: { disableJavaScriptEvaluation: true } });
  document.write(html);
  return document;
}

/** The root element of a standalone SVG. */
export function parseSvg(svg: string) {
  const { documentElement } = new new Window().DOMParser().parseFromString(svg, 'image/svg+xml');
  expect(documentElement.tagName).toBe('svg');
  return documentElement;
}

/** What the HTML standard calls parse errors. */
export function parseErrors(html: string): string[] {
  const errors: string[] = [];
  parse(html, {
    onParseError: ({ code, startLine }: ParserError) => errors.push(`${code} in line ${startLine}`),
  });
  return errors;
}

/** Every text of an SVG, one an element. */
export function textsOf(svg: string): string[] {
  return [...parseSvg(svg).querySelectorAll('text')].map((element) => element.textContent ?? '');
}

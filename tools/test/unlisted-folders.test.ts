import { describe, expect, test } from 'vitest';
import { unlistedFolders } from '../folders/unlisted-folders';

const MARKDOWN = `# Architecture

## one

\`\`\`
low/   the low one
high/  the high one, by \`inner/\`
\`\`\`

## two

other/
`;

describe('the folders that a chapter leaves out', () => {
  test('are none if each is named with a slash', () => {
    expect(unlistedFolders(MARKDOWN, 'one', ['low', 'high', 'inner'])).toEqual([]);
  });

  test('are those that no line names, or that another chapter names', () => {
    expect(unlistedFolders(MARKDOWN, 'one', ['low', 'other'])).toEqual([
      'ARCHITECTURE.md doesn\'t list other/ in "one"',
    ]);
  });

  test('are not found by the end of a longer name', () => {
    expect(unlistedFolders('\n## a\nsuper-low/\n', 'a', ['low'])).toEqual([
      'ARCHITECTURE.md doesn\'t list low/ in "a"',
    ]);
  });

  test('include the chapter itself', () => {
    expect(unlistedFolders(MARKDOWN, 'three', ['low'])).toEqual(['ARCHITECTURE.md has no chapter "three"']);
  });
});

/**
 * The folders that a chapter of ARCHITECTURE.md doesn't list: a sentence each.
 *
 * @param markdown the text of ARCHITECTURE.md
 * @param chapter the chapter's heading, without `## `
 * @param folders the names of the folders; the chapter lists one by its name and a slash, such as `ranking/`
 */
export function unlistedFolders(markdown: string, chapter: string, folders: readonly string[]): string[] {
  const [, after] = markdown.split(`\n## ${chapter}\n`);
  if (after === undefined) return [`ARCHITECTURE.md has no chapter "${chapter}"`];
  const [text = ''] = after.split('\n## ');
  return folders
    .filter((name) => !new RegExp(`(?<![\\w-])${name}/`).test(text))
    .map((name) => `ARCHITECTURE.md doesn't list ${name}/ in "${chapter}"`);
}

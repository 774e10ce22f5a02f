import { LabelFileError } from '../errors';

/**
 * Reads a file of an image id and a whole number a line, as `list_eval_partition.txt` and `identity_CelebA.txt`
 * are, separated by spaces, tabs or a comma; a header line is passed over.
 *
 * @throws {LabelFileError} a line has another number of fields, or no whole number
 */
export function parseIdNumbers(text: string, file: string): { ids: string[]; numbers: Int32Array } {
  const ids: string[] = [];
  const numbers: number[] = [];
  let line = 0;
  for (let start = 0; start < text.length; ) {
    let end = text.indexOf('\n', start);
    if (end === -1) end = text.length;
    line++;
    const fields = text
      .slice(start, end)
      .trim()
      .split(/\s*,\s*|\s+/);
    start = end + 1;
    if (fields.length === 1 && fields[0] === '') continue;
    const number = Number(fields[1]);
    if (fields.length === 2 && Number.isInteger(number) && fields[1] !== '') {
      ids.push(fields[0]!);
      numbers.push(number);
    } else if (line > 1 || fields.length > 2) {
      throw new LabelFileError(
        `CelebA.open: ${file}, line ${line}: expected an image id and a whole number; received "${fields.join(' ').slice(0, 60)}". Download the file again.`,
      );
    }
  }
  return { ids, numbers: Int32Array.from(numbers) };
}

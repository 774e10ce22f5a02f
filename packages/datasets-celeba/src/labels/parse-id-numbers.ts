import { LabelFileError } from '../errors';
import { imageId } from './image-id';

/**
 * Reads a file of an image id and a whole number per line, as `list_eval_partition.txt` and `identity_CelebA.txt`
 * are, separated by spaces, tabs, a comma or a semicolon; a header line is passed over, and so is the index of pandas before
 * the id.
 *
 * @throws {LabelFileError} a line has another number of fields, or no whole number of 32 bits
 */
export function parseIdNumbers(text: string, file: string): { ids: string[]; numbers: Int32Array } {
  const ids: string[] = [];
  const numbers: number[] = [];
  let hasIndex = false;
  let line = 0;
  for (let start = 0; start < text.length; ) {
    let end = text.indexOf('\n', start);
    if (end === -1) end = text.length;
    line++;
    const all = text
      .slice(start, end)
      .replace(/^\uFEFF/, '')
      .trim()
      .split(/\s*[,;]\s*|\s+/);
    const fields = hasIndex && all.length === 3 ? all.slice(1) : all;
    start = end + 1;
    if (fields.length === 1 && fields[0] === '') continue;
    const number = Number(fields[1]);
    const isNumber = fields.length === 2 && fields[1] !== '';
    if (isNumber && number === (number | 0)) {
      ids.push(imageId(fields[0]));
      numbers.push(number);
    } else if (line === 1 && fields.length === 3 && /^(?:Unnamed: 0)?$/.test(fields[0])) {
      hasIndex = true;
    } else if (line > 1 || fields.length > 2 || Number.isFinite(number)) {
      throw new LabelFileError(
        `CelebA.open: ${file}, line ${line}: expected an image id and a whole number; received "${fields.join(' ').slice(0, 60)}"${isNumber && Number.isInteger(number) ? ', which is not below 2^31' : ''}. Download the file again.`,
      );
    }
  }
  return { ids, numbers: Int32Array.from(numbers) };
}

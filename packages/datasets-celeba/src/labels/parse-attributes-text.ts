import { LabelFileError } from '../errors';
import { BOTH } from './attribute-values';
import { imageId } from './image-id';

const LF = 10;
const SPACE = 32;
const MINUS = 45;
const ZERO = 48;
const ONE = 49;

/**
 * Reads `list_attr_celeba.txt`: a line with the count (it may be missing), a line of label names, then a line per image:
 * its id and a −1, 0 or 1 per label. Spaces, tabs and carriage returns separate, any number of them.
 *
 * The bytes are read in one pass, and only ids become texts: 202,599 × 40 values take about 0.15 s.
 *
 * @throws {LabelFileError} a line has too few or too many values, or another value; or lines are missing
 */
export function parseAttributesText(bytes: Buffer, file: string): LabelTable {
  const fail = (line: number, problem: string): never => {
    throw new LabelFileError(`CelebA.open: ${file}, line ${line}: ${problem}. Download the file again.`);
  };
  let position = 0;
  let line = 0;
  const nextLine = (): string[] => {
    const end = bytes.indexOf(LF, position);
    const text = bytes.toString('utf8', position, end === -1 ? bytes.length : end);
    position = end === -1 ? bytes.length : end + 1;
    line++;
    return text
      .replace(/^\uFEFF/, '')
      .split(/\s+/)
      .filter(Boolean);
  };

  let labels = nextLine();
  let expected: number | undefined;
  if (labels.length === 1 && /^\d+$/.test(labels[0])) {
    expected = Number(labels[0]);
    labels = nextLine();
  }
  if (labels[0] === 'image_id') labels.shift();
  if (labels.length === 0) fail(line, 'expected the names of the labels; received an empty line');
  const row = firstValues(bytes, position);
  if (labels.some((label) => /^-?[01]$/.test(label))) {
    fail(line, `expected the names of the labels; received values ("${labels.slice(0, 3).join(' ')} …")`);
  }
  if (row > 0 && row !== labels.length) {
    fail(line + 1, `expected ${labels.length} values, one for each label of line ${line}; received ${row}`);
  }

  const width = labels.length;
  const ids: string[] = [];
  // the shortest line has an id of one byte, and a space and a digit a label
  const y = new Uint8Array((Math.floor((bytes.length - position) / (2 * width + 1)) + 1) * width);
  let filled = 0;
  let zeros = false;
  let minuses = false;
  while (position < bytes.length) {
    line++;
    while (bytes[position] <= SPACE && bytes[position] !== LF && position < bytes.length) position++;
    const start = position;
    while (bytes[position] > SPACE) position++;
    if (position > start) {
      const id = bytes.toString('utf8', start, position);
      const rowEnd = filled + width;
      for (;;) {
        while (bytes[position] <= SPACE && bytes[position] !== LF) position++;
        if (position >= bytes.length || bytes[position] === LF) break;
        const valueStart = position;
        const negative = bytes[position] === MINUS;
        if (negative) position++;
        const digit = bytes[position++];
        if ((digit !== ONE && (digit !== ZERO || negative)) || bytes[position] > SPACE) {
          while (bytes[position] > SPACE) position++;
          const value = bytes.toString('utf8', valueStart, Math.min(position, valueStart + 20));
          fail(line, `expected -1, 0 or 1 for each label of "${id}"; received "${value}"`);
        }
        if (negative) minuses = true;
        else if (digit === ZERO) zeros = true;
        if (filled < rowEnd) y[filled] = digit === ONE && !negative ? 1 : 0;
        filled++;
      }
      if (filled !== rowEnd) {
        const received = width + filled - rowEnd;
        fail(line, `expected ${width} values after "${id}", one a label; received ${received}`);
      }
      ids.push(imageId(id));
    }
    if (position < bytes.length) position++;
  }
  if (zeros && minuses) throw new LabelFileError(`CelebA.open: ${file}: ${BOTH}.`);
  if (expected !== undefined && expected !== ids.length) {
    fail(line, `expected ${expected} images, as line 1 says; the file ends after ${ids.length}`);
  }
  return { ids, labels, y: y.slice(0, filled) };
}

/** How many values follow the id of the line that begins at `position`. */
function firstValues(bytes: Buffer, position: number): number {
  const end = bytes.indexOf(LF, position);
  const text = bytes.toString('utf8', position, end === -1 ? bytes.length : end);
  return Math.max(text.split(/\s+/).filter(Boolean).length - 1, 0);
}

/** Labels as a file gives them. */
export interface LabelTable {
  readonly ids: readonly string[];
  readonly labels: readonly string[];
  /** 0/1, rows × labels. */
  readonly y: Uint8Array;
}

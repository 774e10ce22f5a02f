import type { HistoryRowInput } from './history-row-input';
import { theme } from './theme';

const NOTE =
  '¹ Train is measured while the network learns, with augmentation and dropout; validation without. So train can be worse where a phase begins.';
const SEE = '¹ see below';
/** The width of these words in pixels. */
const SEE_WIDTH = 80;
/** The width of an average character in pixels. */
const CHARACTER = 6.2;

/** The height of a line of the note in pixels. */
export const noteLineHeight = 17;

/**
 * The reason why training values can be worse at the start of a phase, in lines that fit a width in pixels.
 */
export function noteLines(width: number): string[] {
  const most = Math.floor(width / CHARACTER);
  const lines = [''];
  for (const word of NOTE.split(' ')) {
    const line = lines[lines.length - 1];
    if (line.length + word.length + 1 > most) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}

interface NotedLine {
  /** The indices of the rows to mark. */
  readonly drops: readonly number[];
  readonly rows: readonly HistoryRowInput[];
  /** One per row. */
  readonly values: readonly (number | null)[];
  readonly pixelsPerEpoch: number;
  readonly textStyle: object;
}

/** The sign of the note beside points of a line, on the side of each point that the line doesn't cover. */
export function noteMarks({ drops, rows, values, pixelsPerEpoch, textStyle }: NotedLine) {
  const last = rows[rows.length - 1].epoch;
  return {
    silent: true,
    symbol: 'circle',
    symbolSize: 1,
    itemStyle: { color: theme.train.light },
    label: {
      ...textStyle,
      color: theme.train.light,
      formatter: SEE,
      distance: 6,
      backgroundColor: theme.surface.light,
      padding: [1, 3],
    },
    data: drops.map((at) => {
      const goesDown = (values[at + 1] ?? Number.POSITIVE_INFINITY) < (values[at] ?? 0);
      const room = (last - rows[at].epoch + 0.5) * pixelsPerEpoch;
      const position = room < SEE_WIDTH ? 'left' : 'right';
      return {
        coord: [rows[at].epoch, values[at]],
        label: { position, offset: [0, goesDown ? -8 : 10] },
      };
    }),
  };
}

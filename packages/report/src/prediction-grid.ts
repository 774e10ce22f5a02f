import type { RgbImageInput } from './encode-image';
import { encodeImage } from './encode-image';
import { ReportEmptyError, ReportRangeError } from './errors';
import { escapeMarkup } from './escape-markup';
import { loadLibraries } from './load-libraries';
import { fontFamily, theme } from './theme';

/** The outcome of a label on an image: `tp` predicted and true, `fp` predicted and not true, `fn` true and not predicted. */
export type PredictionOutcome = 'tp' | 'fp' | 'fn';

/** One image in {@link predictionGrid}. */
export interface PredictionGridItem {
  readonly id: string;
  readonly original: RgbImageInput;
  /** The network's input, scaled back to 0–255. */
  readonly preprocessed: RgbImageInput;
  /** The labels to show. True negatives are left out. */
  readonly predicted: readonly {
    readonly label: string;
    /** 0 to 1. */
    readonly probability: number;
    readonly outcome: PredictionOutcome;
  }[];
}

/** Options of {@link predictionGrid}. */
export interface PredictionGridOptions {
  /** Images per row; default 4, or the number of images if there are fewer. */
  readonly columns?: number;
  /** Default `'Predictions on test images'`; empty if a heading near the chart already says it. */
  readonly title?: string;
}

const NAME = 'Predictions on test images';
const KINDS = {
  tp: { color: theme.right.light, name: 'right', meaning: 'right (predicted and true)' },
  fp: { color: theme.wrong.light, name: 'wrong', meaning: 'wrong (predicted, not true)' },
  fn: { color: theme.missed.light, name: 'missed', meaning: 'missed (true, not predicted)' },
} as const;
// The signs are drawn as paths, because not every font has them.
const SIGNS = {
  tp: 'M-4.5 .5L-1.5 3.5L4.5 -3.5',
  fp: 'M-3.5 -3.5L3.5 3.5M3.5 -3.5L-3.5 3.5',
  fn: 'M4 0A4 4 0 1 1 -4 0A4 4 0 1 1 4 0M-4.5 4.5L4.5 -4.5',
} as const;
const ORDER: readonly PredictionOutcome[] = ['tp', 'fp', 'fn'];

const CELL = 286;
const GAP = 26;
const IMAGE = 138;
const LINE = 18;
const LEGEND = 208;
const LABELS_AT = IMAGE + 62;

/**
 * Draws test images with their predictions as one SVG: each original next to the network's input, and below
 * them the labels with their probabilities. Colours and signs tell correct, wrong and missed labels apart.
 *
 * Labels are grouped by outcome and sorted by probability. The images keep their proportions and are embedded
 * as PNG. `svgToPng` turns the SVG into a bitmap.
 *
 * @param items - at least one
 * @returns the markup of a standalone SVG; also what `htmlReport` takes
 * @throws ReportEmptyError without items
 * @throws ReportShapeError if an image doesn't have width × height × 3 bytes
 * @throws ReportRangeError if `columns` is not a whole number from 1
 *
 * @example
 * ```ts
 * import { predictionGrid } from '@thawjs/report';
 *
 * const image = { data: new Uint8Array(2 * 2 * 3).fill(128), width: 2, height: 2 };
 * const svg = predictionGrid([
 *   { id: '1.jpg', original: image, preprocessed: image, predicted: [{ label: 'Bald', probability: 0.9, outcome: 'fp' }] },
 * ]);
 * console.log(svg.includes('0 right, 1 wrong, 0 missed')); // true
 * ```
 */
export function predictionGrid(
  items: readonly PredictionGridItem[],
  { columns = 4, title = NAME }: PredictionGridOptions = {},
): string {
  if (items.length === 0) {
    throw new ReportEmptyError('predictionGrid: expected at least one image; received none.');
  }
  if (!(Number.isInteger(columns) && columns >= 1)) {
    throw new ReportRangeError(
      `predictionGrid: expected columns to be a whole number from 1; received ${columns}.`,
    );
  }
  const across = Math.min(columns, items.length);
  const rows = Array.from({ length: Math.ceil(items.length / across) }, (_, row) =>
    items.slice(row * across, (row + 1) * across),
  );
  const width = across * (CELL + GAP) + GAP;
  // The three entries of the legend need a little more than the width of two images. If there is less, each
  // gets its own line.
  const stacked = width < 3 * LEGEND;
  const head = (title ? 96 : 56) + (stacked ? 2 * LINE : 0);
  let top = head;
  const cells: string[] = [];
  for (const row of rows) {
    cells.push(...row.map((item, column) => cell(item, GAP + column * (CELL + GAP), top)));
    top += LABELS_AT + Math.max(1, ...row.map(({ predicted }) => predicted.length)) * LINE + 30;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${top}" viewBox="0 0 ${width} ${top}" font-family="${fontFamily}" font-size="13" fill="${theme.ink.light}" role="img">`,
    `<title>${escapeMarkup(title || NAME)}</title>`,
    `<desc>${escapeMarkup(describe(items))}</desc>`,
    `<rect width="${width}" height="${top}" fill="${theme.surface.light}"/>`,
    title ? `<text x="${GAP}" y="38" font-size="20" font-weight="600">${escapeMarkup(title)}</text>` : '',
    legend(GAP, (title ? 96 : 56) - 30, stacked),
    ...cells,
    '</svg>',
  ].join('\n');
}

function cell({ id, original, preprocessed, predicted }: PredictionGridItem, x: number, y: number): string {
  const second = CELL - IMAGE;
  const sorted = ORDER.flatMap((outcome) =>
    predicted.filter((one) => one.outcome === outcome).sort((a, b) => b.probability - a.probability),
  );
  const lines =
    sorted.length > 0
      ? sorted.map((one, index) => line(one, LABELS_AT + index * LINE))
      : [`<text x="0" y="${LABELS_AT}" fill="${theme.muted.light}">no label predicted, none true</text>`];
  return [
    `<g transform="translate(${x} ${y})">`,
    `<text x="0" y="10" font-weight="600">${fitted(id, CELL, 600)}</text>`,
    picture(original, `${id}, original`, 0, 20),
    picture(preprocessed, `${id}, preprocessed`, second, 20),
    caption('original', original, 0),
    caption('network input', preprocessed, second),
    ...lines,
    '</g>',
  ].join('\n');
}

function picture(image: RgbImageInput, name: string, x: number, y: number): string {
  return (
    `<image x="${x}" y="${y}" width="${IMAGE}" height="${IMAGE}" preserveAspectRatio="xMidYMid meet" ` +
    `href="${encodeImage(image, name)}"><title>${escapeMarkup(name)}</title></image>`
  );
}

function caption(name: string, { width, height }: RgbImageInput, x: number): string {
  return `<text x="${x + IMAGE / 2}" y="${IMAGE + 36}" font-size="11" text-anchor="middle" fill="${theme.muted.light}">${name} ${width}×${height}</text>`;
}

function line({ label, probability, outcome }: PredictionGridItem['predicted'][number], y: number): string {
  const { color } = KINDS[outcome];
  const value = Number.isNaN(probability) ? '–' : probability.toFixed(2);
  return (
    `<g fill="${color}">${sign(outcome, 7, y - 4.5)}<text x="20" y="${y}">${fitted(label, CELL - 70, 400)}</text>` +
    `<text x="${CELL}" y="${y}" text-anchor="end">${value}</text></g>`
  );
}

function sign(outcome: PredictionOutcome, x: number, y: number): string {
  return `<path transform="translate(${x} ${y})" d="${SIGNS[outcome]}" fill="none" stroke="${KINDS[outcome].color}" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>`;
}

function legend(x: number, y: number, stacked: boolean): string {
  return ORDER.map((outcome, index) => {
    const { color, meaning } = KINDS[outcome];
    return `<g transform="translate(${stacked ? x : x + index * LEGEND} ${stacked ? y + index * LINE : y})">${sign(outcome, 7, -4.5)}<text x="20" fill="${color}">${meaning}</text></g>`;
  }).join('\n');
}

/**
 * Shortens a text to a width, also in a wider font than Inter. A longer text ends in an ellipsis, and the
 * whole text is its tooltip.
 */
function fitted(text: string, width: number, weight: number): string {
  const short = loadLibraries().format.truncateText(text, width / 1.2, `${weight} 13px ${fontFamily}`, '…');
  return short === text ? escapeMarkup(text) : `<title>${escapeMarkup(text)}</title>${escapeMarkup(short)}`;
}

function describe(items: readonly PredictionGridItem[]): string {
  return items
    .map(({ id, predicted }) => {
      const count = (outcome: PredictionOutcome) => predicted.filter((one) => one.outcome === outcome).length;
      return `${id}: ${ORDER.map((outcome) => `${count(outcome)} ${KINDS[outcome].name}`).join(', ')}.`;
    })
    .join(' ');
}

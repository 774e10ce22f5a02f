import sharp from 'sharp';

/** A drawn picture with its labels: a red or blue shape, which is a circle or not, on a light or dark ground. */
export interface DrawnImage {
  readonly name: string;
  readonly png: Buffer;
  readonly labels: readonly string[];
}

export const DRAWN_LABELS = ['red', 'circle', 'dark'] as const;

/** Draws pictures that differ: size, place and shade follow from the number. Every mixture of labels comes. */
export async function drawnImages(count: number): Promise<DrawnImage[]> {
  return Promise.all(Array.from({ length: count }, (_, number) => draw(number)));
}

async function draw(number: number): Promise<DrawnImage> {
  const has = { red: number % 2 === 0, circle: number % 4 < 2, dark: number % 8 < 4 };
  // Different for each number, and the same at each run.
  const vary = (step: number, range: number) => (number * step) % range;
  const side = 128;
  const size = 20 + vary(7, 25);
  const [x, y] = [50 + vary(11, 30), 50 + vary(13, 30)];
  const shade = 150 + vary(17, 100);
  const colour = has.red ? `rgb(${shade},20,30)` : `rgb(20,60,${shade})`;
  const ground = has.dark ? 20 + vary(5, 40) : 200 + vary(5, 50);
  const shape = has.circle
    ? `<circle cx="${x}" cy="${y}" r="${size}" fill="${colour}"/>`
    : `<rect x="${x - size}" y="${y - size}" width="${2 * size}" height="${2 * size}" fill="${colour}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">
    <rect width="100%" height="100%" fill="rgb(${ground},${ground},${ground})"/>${shape}</svg>`;
  return {
    name: `${String(number).padStart(3, '0')}.png`,
    png: await sharp(Buffer.from(svg)).png().toBuffer(),
    labels: DRAWN_LABELS.filter((label) => has[label]),
  };
}

/** The labels of drawn pictures as a CSV file. */
export function drawnCsv(images: readonly DrawnImage[]): string {
  const rows = images.map(({ name, labels }) =>
    [name, ...DRAWN_LABELS.map((label) => (labels.includes(label) ? 1 : 0))].join(','),
  );
  return [['file', ...DRAWN_LABELS].join(','), ...rows, ''].join('\n');
}

/** Widths of a picture on a wide page and on a phone, in pixels. */
const WIDTHS = { wide: 900, narrow: 330 } as const;

/** Draws a picture twice: for a wide page and for a phone. */
export function pictures(draw: (width: number) => string): {
  readonly svg: string;
  readonly narrowSvg: string;
} {
  return { svg: draw(WIDTHS.wide), narrowSvg: draw(WIDTHS.narrow) };
}

import { renderSvg } from '../../render-svg';
import { fontFamily, theme } from '../../theme';

/** The area of a class' chart in which both axes run from 0 to 1, in pixels. */
export const plotArea = { width: 256, height: 218, left: 50, top: 12, right: 248, bottom: 174 } as const;

/** The name of a frame's axes. */
export interface FrameAxes {
  readonly x: string;
  readonly y: string;
}

/** The axes of a chart whose values lie in [0, 1], as SVG markup that is drawn once for all classes. */
export function unitFrame({ x, y }: FrameAxes): string {
  const { width, height, left, top, right, bottom } = plotArea;
  const small = { fontFamily, fontSize: 11, color: theme.muted.light };
  const axis = (name: string, nameGap: number) => ({
    type: 'value',
    min: 0,
    max: 1,
    interval: 0.25,
    name,
    nameLocation: 'middle',
    nameGap,
    nameTextStyle: small,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: theme.grid.light } },
    axisLabel: { ...small, formatter: (value: number) => (value % 0.5 === 0 ? String(value) : '') },
  });
  const svg = renderSvg({
    option: {
      // The curves are drawn onto exactly this area.
      grid: { left, top, width: right - left, height: bottom - top, outerBoundsMode: 'none' },
      xAxis: axis(x, 24),
      yAxis: axis(y, 30),
      series: [{ type: 'line', data: [], silent: true }],
    },
    width,
    height,
    title: `${y} over ${x}`,
    description: '',
  });
  return (
    svg
      // The colours of a page reach the copies that <use> makes only through a class, not through attributes.
      .replaceAll(`fill="${theme.muted.light}"`, 'class="thaw-axis-text"')
      .replaceAll(`stroke="${theme.grid.light}"`, 'class="thaw-axis-line"')
      .replace(/^<svg [^>]*>\s*<title[^>]*>[^<]*<\/title>\s*<desc[^>]*>[^<]*<\/desc>/, '')
      .replace(/<\/svg>\s*$/, '')
      .replace(/<rect [^>]*fill="none"[^>]*><\/rect>/, '')
      .trim()
  );
}

/** A point of a chart in pixels. */
export function pixel(x: number, y: number): [number, number] {
  const { left, top, right, bottom } = plotArea;
  return [round(left + x * (right - left)), round(bottom - y * (bottom - top))];
}

/** A movement of fewer pixels isn't visible. */
const NEAR = 1;

/**
 * The path through points whose coordinates are in [0, 1]. Undefined points and invisible movements are left
 * out.
 */
export function pathThrough(points: readonly (readonly [x: number, y: number])[]): string {
  const drawn = points
    .filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y))
    .map(([x, y]) => pixel(x, y));
  let last: readonly [number, number] | undefined;
  const kept = drawn.filter(([x, y], at) => {
    const near = last !== undefined && Math.abs(x - last[0]) + Math.abs(y - last[1]) < NEAR;
    if (near && at < drawn.length - 1) return false;
    last = [x, y];
    return true;
  });
  // A point between two others on a horizontal or vertical line isn't needed.
  const corners = kept.filter(
    ([x, y], at) =>
      at === 0 ||
      at === kept.length - 1 ||
      !(
        [kept[at - 1], kept[at + 1]].every((other) => other[0] === x) ||
        [kept[at - 1], kept[at + 1]].every((other) => other[1] === y)
      ),
  );
  return corners
    .map(([x, y], at) => {
      if (at === 0) return `M${x} ${y}`;
      const [lastX, lastY] = corners[at - 1];
      return y === lastY ? `H${x}` : x === lastX ? `V${y}` : `L${x} ${y}`;
    })
    .join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

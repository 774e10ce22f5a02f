import { createHash } from 'node:crypto';
import type { EChartsCoreOption } from './bundled-libraries';
import { allowedInXml, escapeMarkup } from './escape-markup';
import { loadLibraries } from './load-libraries';

/** The picture that {@link renderSvg} draws, and its description for readers who can't see it. */
export interface SvgPicture {
  readonly option: EChartsCoreOption;
  readonly width: number;
  readonly height: number;
  /** Becomes the SVG's `<title>`. */
  readonly title: string;
  /** Becomes the SVG's `<desc>`: what the picture shows, in words and numbers. */
  readonly description: string;
}

/** Draws an ECharts option as one accessible SVG string. The same option always gives the same string. */
export function renderSvg({ option, width, height, title, description }: SvgPicture): string {
  const { init, use, ...charts } = loadLibraries();
  use([
    charts.LineChart,
    charts.BarChart,
    charts.HeatmapChart,
    charts.GridComponent,
    charts.LegendComponent,
    charts.MarkLineComponent,
    charts.MarkPointComponent,
    charts.TitleComponent,
    charts.VisualMapContinuousComponent,
    charts.SVGRenderer,
  ]);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, ...option });
    // ECharts doesn't remove the control characters of labels, and one of them breaks the picture.
    const svg = allowedInXml(chart.renderToSVGString({ useViewBox: true }));
    return accessible(bare(svg), width, height, title, description);
  } finally {
    chart.dispose();
  }
}

/** Removes hover rules and interaction marks. A still picture doesn't need them, and they would affect the whole page. */
function bare(svg: string): string {
  return (
    svg
      // Removes the boxes around titles and legends, which have neither fill nor line.
      .replace(/<path [^>]*fill-opacity="0"[^>]*stroke-width="0"[^>]*><\/path>\n?/g, '')
      .replace(/<style\s*>[\s\S]*?<\/style>/g, '')
      .replace(/ (?:class="zr\d+-cls-\d+"|ecmeta_\w+="[^"]*"|pointer-events="\w+"|xml:space="preserve")/g, '')
  );
}

/**
 * Replaces ECharts' ids by a hash of the content. ECharts numbers ids by a counter per process, so the ids of two charts from
 * two processes could be equal in one page, and the same chart would differ from process to process.
 */
function accessible(svg: string, width: number, height: number, title: string, description: string): string {
  const numbered = svg.replace(/(id="|="url\(#)zr\d+-/g, '$1-');
  const key = `thaw-${createHash('sha256').update(numbered).update(title).digest('hex').slice(0, 8)}`;
  return numbered
    .replace(/(id="|="url\(#)-/g, `$1${key}-`)
    .replace(
      /^<svg [^>]*>/,
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${key}-title ${key}-desc">\n` +
        `<title id="${key}-title">${escapeMarkup(title)}</title>\n<desc id="${key}-desc">${escapeMarkup(description)}</desc>`,
    )
    .trim();
}

import { encodeImage } from '../../encode-image';
import { escapeMarkup, nameMarkup } from '../../escape-markup';
import type { HtmlReportSection } from '../../html-report';
import type { Findings } from '../findings/findings';
import { thumbnail } from '../findings/thumbnail';
import type { Mistake } from '../findings/worst-mistakes';
import { classLink } from '../page/class-link';
import { printDigits } from '../page/print-number';
import type { ReportImages } from '../report-input';

/** Pixels per side: 16 pictures of at most 66 kB each. */
const SIZE = 128;

/** The wrong predictions of which the model was most certain, with their images. */
export async function worstMistakesSection(
  { mistakes, evaluation }: Findings,
  test: ReportImages | undefined,
  ids: readonly string[],
): Promise<HtmlReportSection> {
  const { labels } = evaluation;
  const cards = async (of: readonly Mistake[], verdict: string) => {
    const items: string[] = [];
    for (const { row, column, probability } of of) {
      const id = ids[row] ?? `image ${row + 1}`;
      items.push(
        `<li><figure>${await picture(test, row, id)}<figcaption>${classLink(column, labels)} <strong>${printDigits(probability)}</strong>, ${verdict}<br><small>${nameMarkup(id)}</small></figcaption></figure></li>`,
      );
    }
    return items.length > 0 ? `<ul class="thaw-gallery">${items.join('\n')}</ul>` : '<p>None.</p>';
  };
  return {
    heading: 'The worst mistakes',
    note: 'Wrong decisions of which the model was the most certain, at most two per class. Look for labels that are wrong: certain mistakes often are.',
    html: [
      '<h3>Found, and not labelled</h3>',
      await cards(mistakes.found, 'not labelled'),
      '<h3>Labelled, and not found</h3>',
      await cards(mistakes.missed, 'labelled'),
    ].join('\n'),
  };
}

/**
 * A small picture of an image. If the image can't be read, a text replaces it, so that the report doesn't
 * fail.
 */
async function picture(test: ReportImages | undefined, row: number, id: string): Promise<string> {
  if (!test?.image) return '';
  try {
    const image = await test.image(row);
    if (!image) throw new TypeError('there is no image');
    const { data, width, height } = image;
    const small = thumbnail({ data, width, height }, SIZE);
    return `<img src="${encodeImage(small, id)}" width="${small.width}" height="${small.height}" alt="${escapeMarkup(id)}">`;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `<p class="thaw-note">can’t be shown: ${escapeMarkup(reason)}</p>`;
  }
}

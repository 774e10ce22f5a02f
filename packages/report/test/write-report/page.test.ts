import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { evaluateScores } from '@thawjs/metrics';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../tools/browser/find-chromium';
import { writeReport } from '../../src/index';
import { sampleEvaluation, sampleImage, sampleRun } from './sample-evaluation';

const executablePath = findChromium();
const names = [
  'cat',
  'dog',
  'cow',
  `a label with a name that is as long as ${'some '.repeat(20)}labels are`,
  'bee',
  'ant',
];
const thresholds = names.map((_, column) => (column === 2 ? 1 : 0.5));
const evaluation = { ...sampleEvaluation(300, names), thresholds };

/** The page as a reader has it: in a real browser. */
describe.skipIf(executablePath === undefined)('the report in a browser', () => {
  let browser: Browser;
  let address: string;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'thaw-report-'));
    const path = await writeReport(
      {
        run: {
          ...sampleRun(),
          recipe: { frozenLayers: Array.from({ length: 99 }, (_, at) => `a_long_name_of_layer_${at}`) },
        },
        evaluation,
        test: { image: sampleImage },
        slices: { camera: evaluation.ids.map((_, row) => ['studio', 'phone'][row % 2]) },
        distribution: [{ title: 'All', labels: names, counts: [1, 2, 3, 4, 5, 6], total: 9 }],
        lrFind: { rates: [1e-4, 1e-3, 1e-2], losses: [0.7, 0.5, 0.9] },
        search: {
          trials: [
            { name: 'a', score: 0.8, parameters: { 'a.long.name.of.an.option': 'with a long value' } },
          ],
        },
      },
      join(folder, 'report.html'),
    );
    address = pathToFileURL(path).href;
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] });
  });
  afterAll(() => browser?.close());

  const open = async (width: number, colorScheme: 'light' | 'dark' = 'light', hash = '') => {
    page = await browser.newPage({ viewport: { width, height: 844 }, colorScheme });
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(address + hash);
  };
  afterEach(async () => {
    await page.close();
    expect(problems.splice(0)).toEqual([]);
  });
  const textOf = (selector: string) => page.locator(selector).first().textContent();

  it.each([
    [390, 'light'],
    [390, 'dark'],
    [320, 'light'],
    [1280, 'dark'],
  ] as const)('doesn’t scroll sideways at %i pixels, %s, with every class open', async (width, scheme) => {
    await open(width, scheme);
    await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true; })');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });

  it('moves the threshold of a class: numbers, confusion matrix and marks follow', async () => {
    await open(1280);
    const part = page.locator('#class-1');
    await part.locator('summary').click();
    const slider = part.getByRole('slider', { name: 'Threshold of cat' });
    const dot = part.locator('circle[data-marker=roc]');
    const before = await dot.getAttribute('cx');
    await slider.focus();
    await page.keyboard.press('Home');
    const { yTrue, yScore, labels } = evaluation;
    const all = evaluateScores(yTrue, yScore, { labels, threshold: 0 }).perClass[0];
    expect(await textOf('#class-1 [data-out=recall]')).toBe('1.000');
    expect(await textOf('#class-1 [data-out=precision]')).toBe(all.precision.toFixed(3));
    expect(await textOf('#class-1 [data-out=f1]')).toBe(all.f1.toFixed(3));
    expect(await textOf('#class-1 [data-out=fn]')).toBe('0');
    expect(await dot.getAttribute('cx')).not.toBe(before);
    await page.keyboard.press('End');
    expect(await textOf('#class-1 [data-out=precision]')).toBe('undefined');
    expect(await textOf('#class-1 [data-out=tp]')).toBe('0');
    await part.getByRole('button', { name: 'the model’s, 0.5' }).click();
    const own = evaluateScores(yTrue, yScore, { labels, threshold: thresholds }).perClass[0];
    for (const name of ['tp', 'fp', 'fn', 'tn'] as const) {
      expect(await textOf(`#class-1 [data-out=${name}]`)).toBe(String(own[name]));
    }
    expect(await dot.getAttribute('cx')).toBe(before);
    expect(await slider.getAttribute('aria-valuetext')).toBe('0.5');
  });

  it('sorts and filters the classes, and opens the one that a link names', async () => {
    await open(390);
    const shown = () => page.locator('details.thaw-class:visible summary strong').allInnerTexts();
    await page.getByLabel('Sort by').selectOption('name');
    expect(await shown()).toEqual([...names].sort((a, b) => a.localeCompare(b)));
    await page.getByLabel('Find a class').fill('CO');
    expect(await shown()).toEqual(['cow']);
    expect(await textOf('[data-control=count]')).toBe('1 of 6');
    await page.getByLabel('Find a class').fill('');
    await page.getByLabel('never predicted only').check();
    expect(await shown()).toEqual(['cow']);
    await page.locator('.thaw-card a', { hasText: 'cow' }).first().click();
    expect(await page.locator('#class-3').getAttribute('open')).not.toBeNull();
    expect(await shown()).toHaveLength(names.length);
    await page.getByLabel('Sort by').selectOption('f1');
    expect((await shown())[0]).toBe('cow');
  });

  it('opens the class in the address', async () => {
    await open(390, 'light', '#class-2');
    expect(await page.locator('#class-2').getAttribute('open')).not.toBeNull();
  });

  it('sorts the table of all classes by a click on a head', async () => {
    await open(1280);
    const rows = () => page.locator('.thaw-table tbody th').allInnerTexts();
    await page.locator('.thaw-table thead').getByRole('button', { name: 'AUC' }).click();
    const { perClass } = evaluateScores(evaluation.yTrue, evaluation.yScore, { labels: names });
    const sorted = [...perClass].sort((a, b) => b.auc - a.auc).map(({ label }) => label);
    expect(await rows()).toEqual(sorted);
  });

  it('shows all columns of the table on a desktop, however long a name is', async () => {
    await open(1280);
    const [inner, outer] = await page.evaluate<number[]>(
      `[...document.querySelectorAll('.thaw-scroll')].flatMap((one) => [one.scrollWidth, one.clientWidth])`,
    );
    expect(inner).toBeLessThanOrEqual(outer);
  });

  it('names every control and picture for a screen reader', async () => {
    await open(1280);
    const nameless = await page.evaluate(`
      [...document.querySelectorAll('input, select, button, a, [role=img], img, [tabindex]')]
        .filter((one) => !(one.labels?.length || one.textContent.trim() || one.getAttribute('aria-label') || one.alt || one.getAttribute('aria-labelledby')))
        .map((one) => one.outerHTML.slice(0, 80))`);
    expect(nameless).toEqual([]);
  });

  it('prints: tables unrolled, controls gone, the wide pictures', async () => {
    await open(700);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.thaw-controls').isVisible()).toBe(false);
    expect(await page.locator('.thaw-narrow').first().isVisible()).toBe(false);
    expect(await page.locator('.thaw-wide').first().isVisible()).toBe(true);
    expect((await page.pdf()).subarray(0, 4).toString()).toBe('%PDF');
  });

  it('gives every text a contrast of 4.5 : 1 in light and dark', async () => {
    for (const scheme of ['light', 'dark'] as const) {
      await open(1280, scheme);
      const colours = await page.evaluate<[string, string][]>(`(() => {
        const names = ['--text', '--quiet', '--link', '--wrong', '--right', '--missed'];
        const style = getComputedStyle(document.documentElement);
        return names.flatMap((name) => ['--card', '--page'].map((under) => [style.getPropertyValue(name).trim(), style.getPropertyValue(under).trim()]));
      })()`);
      for (const [text, under] of colours)
        expect(contrast(text, under), `${text} on ${under}`).toBeGreaterThanOrEqual(4.5);
      if (scheme === 'light') await page.close();
    }
  });
});

function contrast(a: string, b: string): number {
  const luminance = (colour: string) => {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

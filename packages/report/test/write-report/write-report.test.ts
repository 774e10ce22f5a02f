import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles } from '@thawjs/files/node-modules';
import { writerName } from '@thawjs/files/writer-name';
import { evaluateScores, rocAucScore } from '@thawjs/metrics';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  OutputError,
  type ReportInput,
  ReportInputError,
  type ReportRun,
  writeReport,
} from '../../src/index';
import { parseErrors, parseHtml } from '../parse-markup';
import { sampleEvaluation, sampleImage, sampleRun } from './sample-evaluation';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-report-'));
});

let count = 0;
async function pageOf(report: ReportRun | ReportInput) {
  const html = await readFile(await writeReport(report, join(folder, `${count++}.html`)), 'utf8');
  return { html, page: parseHtml(html) };
}
const headings = (page: ReturnType<typeof parseHtml>) =>
  [...page.querySelectorAll('h2')].map(({ textContent }) => textContent);
/** What a reader sees of the sections. */
const mainText = (page: ReturnType<typeof parseHtml>) => {
  for (const script of page.querySelectorAll('script, style')) script.remove();
  return page.querySelector('main')?.textContent ?? '';
};
const hostile = '</script><img src=x onerror=alert(1)>"&';
const evaluation = sampleEvaluation(200, ['cat', 'dog', hostile]);

describe('writeReport', () => {
  it('makes a page of what fineTune returns alone', async () => {
    const { page } = await pageOf(sampleRun());
    expect(headings(page)).toEqual(['Training history', 'Learning rate', 'The run']);
    expect(page.querySelector('#section-3')?.textContent).toContain('1.5 min');
  });

  it('makes a page of everything, valid, without a request and with no script but its own', async () => {
    const { html, page } = await pageOf({
      title: hostile,
      run: {
        ...sampleRun(),
        recipe: { seed: 3, phases: [{ name: 'head', epochs: 4 }] },
        notes: [hostile],
        versions: { thaw: '1' },
      },
      evaluation,
      test: {
        image: sampleImage,
        groups: evaluation.ids.map((_, row) => row % 2),
        fingerprint: () => 'f00d',
      },
      slices: { [hostile]: evaluation.ids.map((_, row) => (row % 3 ? hostile : 'b')) },
      distribution: [{ title: 'All', labels: ['cat', 'dog'], counts: [1, 2], total: 4 }],
      lrFind: {
        rates: [1e-4, 1e-3, 1e-2],
        losses: [0.7, 0.5, 0.9],
        suggestions: { valley: 1e-3, steep: undefined },
      },
      search: {
        trials: [{ name: hostile, score: 0.8, parameters: { rate: hostile } }, { name: 'b' }],
        monitor: 'AUC',
      },
      sections: [{ heading: 'My own', html: '<p>mine</p>' }],
      date: new Date('2026-01-02T03:04:05Z'),
    });
    expect(headings(page)).toEqual([
      'At a glance',
      'Classes from the worst on',
      'Training history',
      'Learning rate',
      'Test metrics by class',
      'Class by class',
      'Labels taken for each other',
      'The worst mistakes',
      'By group',
      'Class distribution',
      'Search for a learning rate',
      'Search over recipes',
      'Recipes that were tried',
      'My own',
      'The run',
    ]);
    expect(parseErrors(html)).toEqual([]);
    const policy =
      page.querySelector('meta[http-equiv=Content-Security-Policy]')?.getAttribute('content') ?? '';
    const scripts = [...page.querySelectorAll('script:not([type])')];
    expect(scripts).toHaveLength(2);
    for (const { textContent } of scripts) {
      expect(policy).toContain(`'sha256-${createHash('sha256').update(textContent).digest('base64')}'`);
    }
    expect(policy).toMatch(/^default-src 'none'; img-src data:; /);
    expect(page.querySelectorAll('img[onerror]')).toHaveLength(0);
    const addresses = [...page.querySelectorAll('[src], [href]')].map(
      (element) => element.getAttribute('src') ?? element.getAttribute('href') ?? '',
    );
    expect(addresses.filter((address) => !/^(data:|#)/.test(address))).toEqual([]);
    const ids = [...page.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const address of new Set(addresses.filter((one) => one.startsWith('#')))) {
      expect(ids, address).toContain(address.slice(1));
    }
    expect(page.querySelector('main')?.lastElementChild?.textContent).toMatch(/2026-01-02T03:04:05Z.*f00d/s);
  });

  it('shows first what evaluateScores says, against the base rates', async () => {
    const { page } = await pageOf({ evaluation });
    const glance = page.querySelector('#section-1');
    const { yTrue, yScore, labels } = evaluation;
    const auc = rocAucScore(yTrue, yScore, { labels, average: 'macro' });
    const { macro, baseline } = evaluateScores(yTrue, yScore, { labels });
    expect(
      [...(glance?.querySelectorAll('.thaw-value') ?? [])].map(({ textContent }) => textContent),
    ).toEqual([auc, macro.averagePrecision, macro.f1].map((value) => value.toFixed(3)));
    expect(glance?.textContent).toContain(`base rates: ${baseline.averagePrecision.toFixed(3)}`);
    expect(glance?.textContent).toMatch(/between 0\.\d{3} and 0\.\d{3}/);
  });

  it('says loudly which classes are never predicted, and why a number is undefined', async () => {
    const { page } = await pageOf({
      evaluation: {
        labels: ['cat', 'dog', 'unicorn'],
        yTrue: [
          [1, 1, 0],
          [0, 0, 0],
          [1, 0, 0],
        ],
        yScore: [
          [0.9, 0.3, 0.1],
          [0.2, 0.1, 0.1],
          [0.8, 0.2, 0.2],
        ],
        thresholds: [0.5, 0.4, 0.5],
      },
    });
    const alert = page.querySelector('.thaw-alert');
    expect(alert?.querySelector('h3')?.textContent).toBe('1 of 3 classes is never predicted');
    expect([...(alert?.querySelectorAll('a') ?? [])].map(({ textContent }) => textContent)).toEqual(['dog']);
    expect(page.querySelector('#section-1')?.textContent).toContain('No test image has unicorn');
    const unicorn = page.querySelector('#class-3')?.textContent;
    expect(unicorn).toContain('ROC curve: undefined, as no test image has the label');
    expect(mainText(page)).not.toContain('NaN');
    expect(page.querySelector('.thaw-card h3')?.textContent).toBe('dog');
  });

  it.each([
    ['one label', sampleEvaluation(20, ['cat'])],
    ['labels of which some are unknown', sampleEvaluation(300, ['cat', 'dog', 'cow'], { masked: true })],
    [
      'labels of which none is known',
      { ...evaluation, known: { data: new Uint8Array(600), shape: [200, 3] } },
    ],
    ['one image', sampleEvaluation(1, ['cat', 'dog'])],
    [
      'nested arrays',
      {
        labels: ['a', 'b'],
        yTrue: [
          [1, 0],
          [0, 1],
        ],
        yScore: [
          [0.5, 0.5],
          [0.5, 0.5],
        ],
        thresholds: 0.5,
      },
    ],
  ])('takes %s', async (_, given) => {
    const { html, page } = await pageOf({ evaluation: given });
    expect(parseErrors(html)).toEqual([]);
    expect(page.querySelectorAll('details.thaw-class')).toHaveLength(given.labels.length);
    expect(mainText(page)).not.toMatch(/NaN|Infinity/);
  });

  it('is bounded in size: 200 classes, and pictures of any size', async () => {
    const many = sampleEvaluation(
      1000,
      Array.from({ length: 200 }, (_, label) => `class ${label}`),
    );
    const noise = async (row: number) => ({
      data: Uint8Array.from({ length: 600 * 600 * 3 }, (_, at) => Math.imul(at + row, 2_654_435_761) >>> 24),
      width: 600,
      height: 600,
    });
    const path = await writeReport({ evaluation: many, test: { image: noise } }, join(folder, 'many.html'));
    expect((await stat(path)).size).toBeLessThan(200_000 + 200 * 11_000 + 16 * 70_000);
  });

  it('tells of an image that can’t be read in its place, and goes on', async () => {
    const { page } = await pageOf({
      evaluation,
      test: { image: () => Promise.reject(new Error('cut short')) },
    });
    expect(page.querySelector('.thaw-gallery')?.textContent).toContain('can’t be shown: cut short');
  });

  it('makes missing folders, and leaves what was there if it fails', async () => {
    const path = join(folder, 'a', 'b', 'report.html');
    expect(await writeReport(sampleRun(), path)).toBe(path);
    await writeFile(path, 'before');
    await expect(writeReport({ evaluation: { ...evaluation, labels: ['cat'] } }, path)).rejects.toThrow();
    expect(await readFile(path, 'utf8')).toBe('before');
    expect(await readdir(join(folder, 'a', 'b'))).toEqual(['report.html']);
  });

  it('removes what a process of this machine left beside the file when it was ended', async () => {
    const own = join(folder, 'left');
    await mkdir(own);
    const writer = writerName(nodeFiles);
    const left = `report.html.${writer.replace(/-\d+-/, '-999999999-')}.tmp`;
    await writeFile(join(own, left), 'half');
    await writeReport(sampleRun(), join(own, 'report.html'));
    expect(await readdir(own)).toEqual(['report.html']);
  });

  it('names the file that can’t be written', async () => {
    await mkdir(join(folder, 'taken.html'));
    const error = await writeReport(sampleRun(), join(folder, 'taken.html')).catch((one) => one);
    expect(error).toBeInstanceOf(OutputError);
    expect(error.message).toContain('taken.html');
  });

  it.each<[string, object, RegExp]>([
    ['nothing', {}, /at least one of run, evaluation, lrFind, search, sections, distribution; received none/],
    ['a misspelt part', { run: sampleRun(), evalution: evaluation }, /received also evalution/],
    ['an evaluation without scores', { evaluation: { labels: ['a'], yTrue: [[1]] } }, /without yScore/],
    ['a run without a history', { run: { seconds: {} } }, /a history, one row per epoch; received undefined/],
    ['a history that is none', { history: 3 }, /a history, one row per epoch; received number/],
    ['rates without losses', { lrFind: { rates: [1], losses: [] } }, /1 rates and 0 losses/],
    ['a search without trials', { search: {} }, /a list of trials/],
    ['a row that is no object', { history: [7] }, /history rows of a phase.*received 7/],
    ['a row without a phase', { history: [{ epoch: 0 }] }, /history rows of a phase/],
    ['a row with a list', { history: [{ phase: 'head', epoch: 0, loss: [1] }] }, /history rows of a phase/],
    ['notes that are one text', { history: [], notes: 'a' }, /notes that are a list of texts; received "a"/],
    ['seconds that are texts', { history: [], seconds: { head: '3' } }, /seconds that are numbers by phase/],
    [
      'a version that is a number',
      { history: [], versions: { node: 20 } },
      /versions that are texts by name/,
    ],
    ['a recipe that is a text', { history: [], recipe: 'mine' }, /a recipe that is an object/],
  ])('refuses %s', async (_, given, message) => {
    const error = await writeReport(given as ReportInput, join(folder, 'never.html')).catch((one) => one);
    expect(error).toBeInstanceOf(ReportInputError);
    expect(error.message).toMatch(message);
  });
});

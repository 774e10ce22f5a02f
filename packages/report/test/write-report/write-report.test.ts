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

  it('draws the metrics of a history that has none of the usual ones, and leaves out one of no metric', async () => {
    const rows = [0, 1].map((epoch) => ({
      phase: 'head',
      epoch,
      seconds: 3,
      accuracy: 0.5 + epoch / 4,
      val_accuracy: 0.6,
    }));
    const { page } = await pageOf({ history: rows });
    expect(page.querySelector('#section-1 desc')?.textContent).toContain('Accuracy: train 0.750 at the end');
    const bare = rows.map(({ phase, epoch }) => ({ phase, epoch }));
    expect(headings((await pageOf({ history: bare })).page)).toEqual(['The run']);
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

  it('names the method of the intervals, its level and the number of resamples', async () => {
    const noteOf = async (more: object) =>
      (await pageOf({ evaluation: { ...evaluation, ...more } })).page.querySelector('.thaw-note')
        ?.textContent;
    expect(await noteOf({})).toContain(
      'Intervals hold with 95 % confidence if the images are independent (percentile bootstrap, 1,000 resamples of the images; Efron 1979).',
    );
    const interval = { low: 0.1, high: 0.9 };
    const given = { confidence: 0.999, macro: { auc: interval, averagePrecision: interval, f1: interval } };
    expect(await noteOf({ intervals: given })).toContain(
      'Intervals hold with 99.9 % confidence if the images are independent.',
    );
    const { labels, yTrue, yScore } = evaluation;
    const own = evaluateScores(yTrue, yScore, { labels, intervals: { resamples: 20, method: 'basic' } });
    expect(await noteOf({ intervals: own.intervals })).toContain(
      '(basic bootstrap, 20 resamples of the images',
    );
  });

  it('says where decisions were made, and where a metric may be no better than the base rates', async () => {
    const f1 = async (more: object) =>
      (await pageOf({ evaluation: { ...evaluation, ...more } })).page.querySelectorAll('.thaw-tile')[2]
        .textContent;
    expect(await f1({})).toContain('at a threshold of ½');
    expect(await f1({ thresholds: [0.5, 0.4, 0.5] })).toContain('at the thresholds of the model');
    const wide = { low: 0, high: 1 };
    const intervals = { confidence: 0.95, macro: { auc: wide, averagePrecision: wide, f1: wide } };
    expect(await f1({ intervals })).toContain('– perhaps no better');
    expect(await f1({})).not.toContain('no better');
  });

  it('shows no interval where all resamples give the same value, as for a perfect order', async () => {
    const { page } = await pageOf({
      evaluation: { labels: ['cat'], yTrue: [[0], [1], [1]], yScore: [[0.1], [0.8], [0.9]] },
    });
    for (const tile of page.querySelectorAll('.thaw-tile')) {
      expect(tile.textContent).toContain(
        'every resample of the images gives this value, so there is no interval',
      );
      expect(tile.textContent).not.toContain('between');
    }
    expect(page.querySelector('#class-1 summary')?.textContent).toContain('2 positives');
  });

  it('has the calibration error of evaluateScores', async () => {
    const { page } = await pageOf({ evaluation });
    const { yTrue, yScore, labels } = evaluation;
    const { perClass } = evaluateScores(yTrue, yScore, { labels });
    expect(
      [...page.querySelectorAll('.thaw-plot figcaption')]
        .map(({ textContent }) => textContent)
        .filter((one) => one?.startsWith('Cal')),
    ).toEqual(perClass.map((one) => `Calibration, mean error ${one.calibrationError.toFixed(3)}`));
  });

  it('draws precision and the sweep as steps, because they change only at probabilities', async () => {
    const { page } = await pageOf({
      evaluation: { labels: ['cat'], yTrue: [[0], [1]], yScore: [[0.25], [0.75]] },
    });
    const lines = (at: number) =>
      [...page.querySelectorAll('.thaw-plot')[at].querySelectorAll('.thaw-line:not(.chance)')].map((one) =>
        one.getAttribute('d'),
      );
    // The plot is 198 × 162 pixels, from (50, 174) to (248, 12).
    expect(lines(1)).toEqual(['M248 93V12H50']);
    expect(lines(2)).toEqual([
      'M50 93H99.5V12H198.5',
      'M50 12H198.5V174H248',
      'M50 66H99.5V12H198.5V174H248',
    ]);
  });

  it('calls no class silent whose label no test image has', async () => {
    const { page } = await pageOf({
      evaluation: {
        labels: ['cat', 'dog'],
        yTrue: [
          [0, 1],
          [0, 0],
        ],
        yScore: [
          [0.2, 0.2],
          [0.1, 0.1],
        ],
      },
    });
    expect(
      [...page.querySelectorAll('.thaw-class')].map((one) => [
        one.getAttribute('data-silent'),
        one.querySelector('.thaw-badge')?.textContent,
      ]),
    ).toEqual([
      ['0', undefined],
      ['1', 'never predicted'],
    ]);
  });

  it('compares groups only where enough images have the label, and says how many were found', async () => {
    const rows = (count: number, label: number, score: number) =>
      Array.from({ length: count }, () => [label, score] as const);
    const cells = [
      ...rows(6, 1, 0.9),
      ...rows(6, 1, 0.1),
      ...rows(8, 0, 0.1), // phone: 6 of 12
      ...rows(9, 1, 0.9),
      ...rows(1, 1, 0.1),
      ...rows(10, 0, 0.1), // studio: 9 of 10
      ...rows(1, 1, 0.1),
      ...rows(19, 0, 0.1), // an unnamed one: 0 of 1
    ];
    const camera = cells.map((_, at) => (at < 20 ? 'phone' : at < 40 ? 'studio' : ''));
    const { page } = await pageOf({
      evaluation: {
        labels: ['صورة'],
        yTrue: cells.map(([label]) => [label]),
        yScore: cells.map(([, score]) => [score]),
      },
      slices: { camera },
    });
    const section = [...page.querySelectorAll('section')].find(
      (one) => one.querySelector('h2')?.textContent === 'By group',
    );
    expect([...(section?.querySelectorAll('li') ?? [])].map(({ textContent }) => textContent)).toEqual([
      'صورة: recall 0.500 for phone (6 of 12), recall 0.900 for studio (9 of 10)',
    ]);
    expect([...(section?.querySelectorAll('tbody th') ?? [])].map(({ textContent }) => textContent)).toEqual([
      'phone',
      'studio',
      '(empty)',
    ]);
    expect(section?.querySelector('li bdi')?.textContent).toBe('صورة');
  });

  it('says the reasons of two classes with the same name apart', async () => {
    const yTrue = Array.from({ length: 60 }, (_, at) => [at < 30 ? 1 : 0, at < 30 ? 0 : 1, at < 30 ? 0 : 1]);
    const yScore = yTrue.map(([first]) => [0.1, first ? 0.9 : 0.8, first ? 0.1 : 0.9]);
    const { page } = await pageOf({ evaluation: { labels: ['cat', 'dog', 'cat'], yTrue, yScore } });
    expect(page.querySelector('#class-1')?.textContent).toContain('it is missed and dog is wrongly found');
    expect(page.querySelector('#class-3')?.textContent).not.toContain('missed and dog');
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
    const { page: without } = await pageOf({ evaluation, test: { image: async () => undefined as never } });
    expect(without.querySelector('.thaw-gallery')?.textContent).toContain(
      'can’t be shown: there is no image',
    );
  });

  it('tells of a fingerprint that can’t be computed, and goes on', async () => {
    const { page } = await pageOf({
      run: sampleRun(),
      test: { fingerprint: () => Promise.reject(new Error('images/3.jpg is gone')) },
    });
    expect(page.querySelector('main')?.textContent).toContain('can’t be computed: images/3.jpg is gone');
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
    ['a title that is a number', { title: 3, run: { history: [] } }, /a title that is a text; received 3/],
    [
      'facts without a value',
      { facts: { a: undefined }, run: { history: [] } },
      /facts that are texts or numbers/,
    ],
    [
      'a date that is a text',
      { date: '2026-01-01', run: { history: [] } },
      /a valid Date; received 2026-01-01/,
    ],
    [
      'a date that is none',
      { date: new Date('?'), run: { history: [] } },
      /a valid Date; received Invalid Date/,
    ],
    ['a recipe that is a text', { history: [], recipe: 'mine' }, /a recipe that is an object/],
  ])('refuses %s', async (_, given, message) => {
    const error = await writeReport(given as ReportInput, join(folder, 'never.html')).catch((one) => one);
    expect(error).toBeInstanceOf(ReportInputError);
    expect(error.message).toMatch(message);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import {
  type HistoryRowInput,
  historyChart,
  ReportEmptyError,
  ReportRangeError,
  svgToPng,
} from '../src/index';
import { theme } from '../src/theme';
import { parseSvg, textsOf } from './parse-markup';
import { pngSize } from './png-size';

const row = (epoch: number, phase = 'head', changes: Partial<HistoryRowInput> = {}): HistoryRowInput => {
  const auc = 0.6 + epoch / 50;
  return {
    phase,
    epoch,
    auc,
    loss: 1 - auc,
    precision: auc,
    recall: 0.3,
    val_auc: auc - 0.02,
    val_loss: 1.05 - auc,
    val_precision: 0.5,
    val_recall: 0.31,
    ...changes,
  };
};
const run = (phases: readonly string[]) => phases.map((phase, epoch) => row(epoch, phase));
const dashed = (svg: string) => [...parseSvg(svg).querySelectorAll('path[stroke-dasharray]')];
const dots = (svg: string, color: string) =>
  [...parseSvg(svg).querySelectorAll('path')].filter(
    (path) => path.getAttribute('fill') === color && /^M1 0A1 1/.test(path.getAttribute('d') ?? ''),
  );

describe('historyChart', () => {
  it('draws AUC, loss, precision and recall, and says in words what it shows', () => {
    const svg = historyChart(run(['head', 'head', 'thaw']), { title: 'Faces' });
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['Faces', 'AUC', 'Loss', 'Precision', 'Recall', 'train', 'validation']),
    );
    expect(parseSvg(svg).querySelector('title')?.textContent).toBe('Faces');
    expect(parseSvg(svg).querySelector('desc')?.textContent).toContain(
      'Epochs 0 to 2. Phase fine-tuning starts at epoch 2. AUC: train 0.640 at the end, best validation 0.620 at epoch 2.',
    );
  });

  it.each([
    { phases: ['head'], lines: 0, names: [] },
    { phases: ['head', 'head'], lines: 0, names: [] },
    { phases: ['head', 'thaw', 'thaw'], lines: 1, names: ['fine-tuning'] },
    { phases: ['head', 'stage 4', 'stage 3', 'head'], lines: 3, names: ['stage 4', 'stage 3', 'head'] },
  ])('marks the start of each phase after the first: $phases', ({ phases, lines, names }) => {
    const svg = historyChart(run(phases));
    expect(dashed(svg)).toHaveLength(4 * lines);
    for (const name of names) expect(textsOf(svg).filter((text) => text === name)).toHaveLength(4);
  });

  it('names a phase as it is told', () => {
    const svg = historyChart(run(['head', 'thaw']), { phaseNames: { thaw: 'Feinabstimmung' } });
    expect(textsOf(svg)).toContain('Feinabstimmung');
  });

  it('puts the dashed line halfway between the last epoch of a phase and the first of the next', () => {
    const svg = historyChart(run(['head', 'thaw']));
    const x = (path: { getAttribute(name: string): string | null }) =>
      Number(/^M([\d.]+)/.exec(path.getAttribute('d') ?? '')?.[1]);
    const [first, second] = dots(svg, theme.train.light)
      .slice(0, 2)
      .map((dot) => Number(dot.getAttribute('transform')?.split(',')[4]));
    expect(x(dashed(svg)[0])).toBeCloseTo((first + second) / 2, -0.5);
  });

  it('leaves the title out of the picture, not out of the words, where it is empty', () => {
    const svg = historyChart(run(['head']), { title: '' });
    expect(textsOf(svg)).not.toContain('Training history');
    expect(parseSvg(svg).querySelector('title')?.textContent).toBe('Training history');
  });

  it('draws a dot for a single epoch', () => {
    expect(dots(historyChart([row(0)]), theme.train.light).length).toBeGreaterThanOrEqual(4);
  });

  it('leaves a gap where a value is undefined, and never prints NaN', () => {
    const whole = historyChart([0, 1, 2, 3, 4].map((epoch) => row(epoch)));
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, undefined]) {
      const gap = historyChart(
        [0, 1, 2, 3, 4].map((epoch) => row(epoch, 'head', epoch === 2 ? { auc: value } : {})),
      );
      expect(dots(gap, theme.train.light)).toHaveLength(dots(whole, theme.train.light).length - 1);
      expect(gap).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  it('rings the best validation epoch: the lowest loss, the highest of the others', () => {
    const rows = [row(0), row(1, 'head', { val_auc: 0.9, val_loss: 0.1 }), row(2)];
    const texts = textsOf(historyChart(rows));
    expect(texts).toContain('○ best validation 0.900 at epoch 1');
    expect(texts).toContain('○ best validation 0.100 at epoch 1');
  });

  it('draws one panel below the other for a phone, with the same words', () => {
    const svg = historyChart(run(['head', 'thaw']), { columns: 1, width: 330 });
    expect(parseSvg(svg).getAttribute('width')).toBe('330');
    expect(Number(parseSvg(svg).getAttribute('height'))).toBeGreaterThan(4 * 300);
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['AUC', 'Loss', 'Precision', 'Recall', 'fine-tuning']),
    );
  });

  describe('where a phase begins and train is worse', () => {
    const noted = (svg: string) => textsOf(svg).filter((text) => text === '¹ see below').length;
    const rows = (changes: Partial<HistoryRowInput>) => [
      row(0),
      row(1),
      row(2, 'thaw', changes),
      row(3, 'thaw'),
    ];

    it.each([
      ['an AUC that falls', { auc: 0.5 }, 1],
      ['a loss that rises', { loss: 0.9 }, 1],
      ['both', { auc: 0.5, loss: 0.9 }, 2],
    ])('points at %s, and says why', (_, changes, count) => {
      const svg = historyChart(rows(changes));
      expect(noted(svg)).toBe(count);
      expect(textsOf(svg).join(' ')).toContain(
        'Train is measured while the network learns, with augmentation',
      );
    });

    it.each([
      ['validation falls as much', { auc: 0.5, val_auc: 0.4 }],
      ['train rises', { auc: 0.9 }],
      ['its value is undefined', { auc: Number.NaN }],
    ])('says nothing if %s', (_, changes) => {
      const svg = historyChart(rows(changes));
      expect(noted(svg)).toBe(0);
      expect(textsOf(svg).join(' ')).not.toContain('Train is measured');
    });
  });

  it.each([
    [
      [0.81, 0.97],
      ['1.00', '0.95', '0.80'],
    ],
    [
      [0.5, 0.99],
      ['1.00', '0.90', '0.50'],
    ],
    [
      [0.9971, 1],
      ['1.0000', '0.9970'],
    ],
  ])('ends the axis of a share at 1, in round steps: %j', (aucs, expected) => {
    const rows = aucs.map((auc, epoch) => ({ phase: 'head', epoch, auc }));
    const ticks = textsOf(historyChart(rows)).filter((text) => /^[01]\.\d+$/.test(text));
    expect(ticks).toEqual(expect.arrayContaining(expected));
    expect(ticks.filter((tick) => Number(tick) > 1)).toEqual([]);
    expect(new Set(ticks).size).toBe(ticks.length);
  });

  it('does without validation data', () => {
    const svg = historyChart([{ phase: 'head', epoch: 0, auc: 0.5, loss: 1, precision: 0.5, recall: 0.5 }]);
    expect(textsOf(svg).some((text) => text.includes('best validation'))).toBe(false);
  });

  it('draws the metrics that it is asked for', () => {
    const svg = historyChart([row(0, 'head', { hamming_loss: 0.2 })], { metrics: ['hamming_loss'] });
    expect(textsOf(svg)).toContain('Hamming loss');
    expect(textsOf(svg)).not.toContain('AUC');
  });

  it('is the same string for the same rows, and shares no id with another chart', () => {
    const first = historyChart(run(['head', 'thaw']));
    const ids = (svg: string) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(historyChart(run(['head', 'thaw']))).toBe(first);
    expect(ids(first).filter((id) => ids(historyChart(run(['head']))).includes(id))).toEqual([]);
  });

  it('uses colours of the theme only, so that a dark page can swap each of them', () => {
    const light = new Set<string>(Object.values(theme).map((pair) => pair.light));
    const used = [...historyChart(run(['head', 'thaw'])).matchAll(/ (?:fill|stroke)="([^"]+)"/g)].map(
      ([, color]) => color,
    );
    const invisible = new Set(['none', '#000', 'rgb(0,0,0)', 'transparent']);
    expect([...new Set(used)].filter((color) => !light.has(color) && !invisible.has(color))).toEqual([]);
  });

  it('escapes what it is told', () => {
    const svg = historyChart(run(['a', '<b>&"']), { title: '<script>alert(1)</script>' });
    expect(svg).not.toContain('<script>');
    expect(textsOf(svg)).toContain('<script>alert(1)</script>');
    expect(textsOf(svg)).toContain('<b>&"');
  });

  it('refuses a history without rows, without a known metric, or with epochs that start anew', () => {
    expect(() => historyChart([])).toThrow(ReportEmptyError);
    expect(() => historyChart([{ phase: 'head', epoch: 0, mae: 1 }])).toThrow(
      /received columns phase, epoch, mae/,
    );
    expect(() => historyChart([row(0)], { metrics: ['mae'] })).toThrow(ReportEmptyError);
    expect(() => historyChart([row(0), row(0, 'thaw')])).toThrow(ReportRangeError);
    expect(() => historyChart([row(Number.NaN)])).toThrow(ReportRangeError);
  });

  const seed = fileURLToPath(
    new URL('../../../../shared/seed/ResNet50_CelebA_training_finetune_history.csv', import.meta.url),
  );
  it.skipIf(!existsSync(seed))('draws the history of the seed (skipped where ../shared is absent)', () => {
    const records: Record<string, number>[] = parse(readFileSync(seed), { columns: true, cast: true });
    const rows = records.map((record, epoch) => ({ ...record, epoch, phase: epoch < 8 ? 'head' : 'thaw' }));
    const svg = historyChart(rows);
    expect(textsOf(svg)).toContain('○ best validation 0.760 at epoch 29');
    expect(pngSize(svgToPng(svg, { scale: 1 }))).toEqual([1200, 840]);
  });
});

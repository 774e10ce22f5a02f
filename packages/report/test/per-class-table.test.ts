import { classificationReport } from '@thawjs/metrics';
import { describe, expect, it } from 'vitest';
import { type PerClassReport, perClassTable, ReportEmptyError } from '../src/index';
import { tableSortScript } from '../src/table-sort-script';
import { parseErrors, parseHtml } from './parse-markup';

type Row = PerClassReport['perClass'][number];
const row = (label: string, changes: Partial<Row> = {}): Row => ({
  label,
  tn: 5,
  fp: 1,
  fn: 2,
  tp: 3,
  support: 5,
  precision: 0.75,
  recall: 0.6,
  specificity: 5 / 6,
  f1: 2 / 3,
  accuracy: 8 / 11,
  auc: 0.9,
  averagePrecision: 0.4,
  ...changes,
});
const HEADS = [
  'Class',
  'Support',
  'TP',
  'FP',
  'FN',
  'TN',
  'Precision',
  'Recall',
  'Specificity',
  'F1',
  'Accuracy',
  'AUC',
  'Avg. precision',
];

describe('perClassTable', () => {
  it('is a table with a row a class and a header a column', () => {
    const table = parseHtml(perClassTable({ perClass: [row('Bald'), row('Young')] })).querySelector('table')!;
    expect([...table.querySelectorAll('thead th')].map((head) => head.textContent)).toEqual(HEADS);
    expect([...table.querySelectorAll('tbody th[scope=row]')].map((head) => head.textContent)).toEqual([
      'Bald',
      'Young',
    ]);
    expect(
      [...table.querySelectorAll('tbody tr:first-child td')].slice(0, 6).map((cell) => cell.textContent),
    ).toEqual(['5', '3', '1', '2', '5', '0.750']);
  });

  it.each([
    { value: 1, level: 'high' },
    { value: 0.8, level: 'high' },
    { value: 0.7999, level: 'middle' },
    { value: 0.5, level: 'middle' },
    { value: 0.4999, level: 'low' },
    { value: 0, level: 'low' },
    { value: Number.NaN, level: 'none' },
  ])('colours $value as $level', ({ value, level }) => {
    const table = parseHtml(perClassTable({ perClass: [row('Bald', { precision: value })] }));
    const cell = table.querySelectorAll('tbody td')[HEADS.indexOf('Precision') - 1];
    expect(cell.getAttribute('data-level')).toBe(level);
  });

  it.each<{
    name: string;
    counts: [tp: number, fp: number, fn: number, tn: number];
    levels: Partial<Record<string, string>>;
  }>([
    {
      name: 'a class that is never predicted',
      counts: [0, 0, 3, 97],
      levels: { Precision: 'none', Recall: 'low', Specificity: 'none', F1: 'low', Accuracy: 'low' },
    },
    {
      name: 'a class that is always predicted',
      counts: [90, 10, 0, 0],
      levels: { Precision: 'low', Recall: 'none', Specificity: 'low', F1: 'low', Accuracy: 'low' },
    },
    {
      name: 'a class that is predicted by a coin',
      counts: [45, 5, 45, 5],
      levels: { Precision: 'low', Recall: 'none', Specificity: 'none', F1: 'low' },
    },
    {
      name: 'a rare class that is found',
      counts: [8, 1, 2, 89],
      levels: { Precision: 'high', Recall: 'high', Specificity: 'high', F1: 'high', Accuracy: 'high' },
    },
    {
      name: 'a class that no image has',
      counts: [0, 0, 0, 100],
      levels: { Precision: 'none', Recall: 'none', Specificity: 'none', F1: 'none', Accuracy: 'none' },
    },
  ])('gives no praise for what one answer for every image reaches: $name', ({ counts, levels }) => {
    const [tp, fp, fn, tn] = counts;
    const changes = {
      tp,
      fp,
      fn,
      tn,
      support: tp + fn,
      precision: tp / (tp + fp),
      recall: tp / (tp + fn),
      specificity: tn / (tn + fp),
      f1: (2 * tp) / (2 * tp + fp + fn),
      accuracy: (tp + tn) / (tp + fp + fn + tn),
    };
    const cells = parseHtml(perClassTable({ perClass: [row('Bald', changes)] })).querySelectorAll('tbody td');
    const shown = Object.keys(levels).map((head) => [
      head,
      cells[HEADS.indexOf(head) - 1].getAttribute('data-level'),
    ]);
    expect(Object.fromEntries(shown)).toEqual(levels);
  });

  it('colours no average that constant answers reach, and no micro average', () => {
    // Two rare classes that are never predicted, and scores without any order.
    const yTrue = Array.from({ length: 10 }, (_, at) => [at === 0 ? 1 : 0, at === 1 ? 1 : 0]);
    const report = classificationReport(
      yTrue,
      yTrue.map(() => [0.2, 0.2]),
      { undefined: 'skip' },
    );
    expect([report.macro.specificity, report.macro.accuracy, report.macro.auc]).toEqual([1, 0.9, 0.5]);
    const levels = (name: string) => {
      const foot = [...parseHtml(perClassTable(report)).querySelectorAll('tfoot tr')];
      const cells = foot
        .find((one) => one.firstElementChild?.textContent === name)
        ?.querySelectorAll('[data-level]');
      return [...(cells ?? [])].map((cell) => cell.getAttribute('data-level'));
    };
    const constant = ['none', 'low', 'none', 'low', 'low', 'low', 'low'];
    expect(levels('Macro average')).toEqual(constant);
    expect(levels('Weighted average')).toEqual(constant);
    expect(levels('Micro average')).toEqual(Array(7).fill('none'));
  });

  it('says that averages leave undefined values out, where they do', () => {
    const perClass = [row('Bald', { precision: Number.NaN }), row('Young')];
    const page = parseHtml(perClassTable({ perClass, macro: row('macro') }));
    expect(page.querySelector('.thaw-notes li:last-child')?.textContent).toBe(
      'Averages leave undefined values out.',
    );
  });

  it('colours an average that is better than constant answers', () => {
    const perClass = [row('Bald'), row('Young')];
    const page = parseHtml(perClassTable({ perClass, macro: row('macro') }));
    const levels = [...page.querySelectorAll('tfoot [data-level]')].map((one) =>
      one.getAttribute('data-level'),
    );
    expect(levels).toEqual(['middle', 'middle', 'high', 'middle', 'middle', 'high', 'low']);
  });

  it('shows an undefined metric as undefined, and says why and for which classes', () => {
    const html = perClassTable({
      perClass: [row('Bald', { precision: Number.NaN }), row('Young', { auc: Number.NaN })],
      macro: row('macro', { precision: Number.NaN, auc: Number.NaN }),
      undefinedClasses: { precision: ['Bald', 'Replaced'] },
    });
    const page = parseHtml(html);
    expect([...page.querySelectorAll('.thaw-notes li')].map((note) => note.textContent)).toEqual([
      'Precision is undefined where the class is never predicted: Bald, Replaced.',
      'AUC is undefined where all images have the class, or none has: Young.',
      'An average over an undefined value is undefined too.',
    ]);
    expect(page.querySelector('tbody [data-level=none]')?.textContent).toBe('undefined');
    expect(html).not.toContain('NaN<');
  });

  it('has no note where all is defined', () => {
    expect(parseHtml(perClassTable({ perClass: [row('Bald')] })).querySelector('.thaw-notes')).toBeNull();
  });

  it('takes what classificationReport gives', () => {
    const report = classificationReport(
      [
        [1, 0],
        [0, 0],
      ],
      [
        [0.9, 0.1],
        [0.2, 0.3],
      ],
      { labels: ['Smiling', 'Bald'] },
    );
    const page = parseHtml(perClassTable(report));
    expect([...page.querySelectorAll('tfoot th')].map((head) => head.textContent)).toEqual([
      'Macro average',
      'Micro average',
      'Weighted average',
    ]);
    expect(page.querySelector('.thaw-notes')?.textContent).toContain('Bald');
  });

  it('escapes class names in texts and attributes', () => {
    const name = '"><script>alert(1)</script>';
    const html = perClassTable({ perClass: [row(name, { auc: Number.NaN })] });
    const page = parseHtml(html);
    expect(page.querySelectorAll('script')).toHaveLength(1);
    expect(page.querySelector('tbody th')?.textContent).toBe(name);
    expect(page.querySelector('tbody th')?.getAttribute('data-value')).toBe(name);
  });

  it('is free of parse errors', () => {
    expect(
      parseErrors(
        `<!doctype html><title>t</title>${perClassTable({ perClass: [row('Bald')], macro: row('m') })}`,
      ),
    ).toEqual([]);
  });

  it('refuses a report without classes', () => {
    expect(() => perClassTable({ perClass: [] })).toThrow(ReportEmptyError);
  });

  describe('sorts by a click on a header', () => {
    const open = () => {
      const perClass = [
        row('b', { precision: 0.1 }),
        row('c', { precision: Number.NaN }),
        row('a', { precision: 0.95 }),
        row('d', { precision: 0.5 }),
      ];
      const document = parseHtml(perClassTable({ perClass }));
      const currentScript = document.querySelector('script');
      new Function('document', tableSortScript)({ currentScript });
      const button = (head: string) =>
        document.querySelectorAll('thead button')[HEADS.indexOf(head)] as unknown as HTMLElement;
      return {
        click: (head: string) => button(head).click(),
        order: () => [...document.querySelectorAll('tbody th')].map((head) => head.textContent).join(''),
        sorted: () =>
          [...document.querySelectorAll('[aria-sort]')].map((head) => [
            head.textContent,
            head.getAttribute('aria-sort'),
          ]),
      };
    };

    it('numbers from high to low, then from low to high, undefined ones always last', () => {
      const table = open();
      table.click('Precision');
      expect([table.order(), table.sorted()]).toEqual(['adbc', [['Precision', 'descending']]]);
      table.click('Precision');
      expect([table.order(), table.sorted()]).toEqual(['bdac', [['Precision', 'ascending']]]);
    });

    it('names from A to Z, then back', () => {
      const table = open();
      table.click('Class');
      expect([table.order(), table.sorted()]).toEqual(['abcd', [['Class', 'ascending']]]);
      table.click('Class');
      expect(table.order()).toBe('dcba');
    });
  });
});

import { describe, expect, it } from 'vitest';
import { searchSections } from '../../../src/write-report/sections/search';
import { parseHtml } from '../../parse-markup';

const trials = [
  {
    name: 'a',
    score: 0.7,
    status: 'finished',
    epochs: 9,
    seconds: 61,
    parameters: { rate: 0.000123456, head: { epochs: 2 } },
  },
  { name: 'b', score: null, status: 'diverged', epochs: 1, error: 'a loss is NaN' },
  { name: 'c', score: 0.9, status: 'stopped', epochs: 3 },
  { name: 'd', score: 0.8, status: 'finished', epochs: 9 },
];
const cells = (html: string) =>
  [...parseHtml(html).querySelectorAll('tbody tr')].map((row) =>
    [...row.children].map(({ textContent }) => textContent),
  );

describe('searchSections', () => {
  it('lists the trials, the best first, those without a score last', () => {
    const table = searchSections({ trials, monitor: 'val_auc' }).at(-1);
    expect(table && 'html' in table && cells(table.html)).toEqual([
      ['c', '0.900', 'stopped after 3 epochs', '', ''],
      ['d', '0.800', 'finished after 9 epochs', '', ''],
      ['a', '0.700', 'finished after 9 epochs', '1.0 min', 'rate 1.2e-4, head {"epochs":2}'],
      ['b', 'undefined', 'diverged after 1 epoch: a loss is NaN', '', ''],
    ]);
  });

  it('puts a low loss first', () => {
    const table = searchSections({ trials, monitor: 'val_loss', mode: 'min' }).at(-1);
    expect(table && 'html' in table && cells(table.html).map(([name]) => name)).toEqual(['a', 'd', 'c', 'b']);
  });

  it('draws the best so far of finished trials alone: a stopped one saw fewer epochs', () => {
    const [chart] = searchSections({ trials, monitor: 'val_auc' });
    expect('svg' in chart && chart.svg).toContain('4 recipes; best val_auc 0.800.');
  });

  it('has no chart without a score, and nothing without trials', () => {
    expect(searchSections({ trials: [{ name: 'a' }] }).map(({ heading }) => heading)).toEqual([
      'Recipes that were tried',
    ]);
    expect(searchSections({ trials: [] })).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import {
  coOccurrenceChart,
  correlationChart,
  dendrogramChart,
  ReportEmptyError,
  ReportRangeError,
  ReportShapeError,
  searchProgressChart,
  svgToPng,
} from '../src/index';
import { textsOf } from './parse-markup';
import { pngSize } from './png-size';

const labels = ['Bald', 'Makeup', 'Lipstick', 'Always'];
const nan = Number.NaN;
const correlation = {
  data: [1, -0.4, -0.5, nan, -0.4, 1, 0.84, nan, -0.5, 0.84, 1, nan, nan, nan, nan, nan],
  shape: [4, 4],
};
// Makeup and Lipstick at .16, Bald joins them at .55, Always last
const hierarchy = { data: [1, 2, 0.16, 2, 0, 4, 0.55, 3, 3, 5, 1, 4], shape: [3, 4] };
const leaves = ['Always', 'Bald', 'Makeup', 'Lipstick'];
/** The labels as they stand in the picture, each once in a row and once in a column. */
const named = (svg: string) => textsOf(svg).filter((text) => labels.includes(text));

describe('correlationChart', () => {
  it('writes each label at its row and its column, in the order asked for', () => {
    expect(named(correlationChart(labels, correlation)).sort()).toEqual([...labels, ...labels].sort());
    const order = named(correlationChart(labels, correlation, { order: Uint32Array.of(2, 1, 0, 3) }));
    expect(order.slice(0, 4)).toEqual(['Lipstick', 'Makeup', 'Bald', 'Always']);
  });

  it('stands in the hierarchy’s order beside its tree', () => {
    const svg = correlationChart(labels, correlation, { hierarchy });
    expect(named(svg).slice(0, 4)).toEqual(leaves);
    expect(svg.length).toBeGreaterThan(correlationChart(labels, correlation).length);
  });

  it('says in words which labels are most alike and most opposed', () => {
    expect(correlationChart(labels, correlation)).toContain(
      'Most alike: Makeup and Lipstick 0.84. Most opposed: Bald and Lipstick −0.50.',
    );
  });

  it('leaves cells empty where a correlation is undefined, and numbers the strong ones', () => {
    const texts = textsOf(correlationChart(labels, correlation));
    expect(texts.join()).not.toContain('NaN');
    expect(texts.filter((text) => text === '.8')).toHaveLength(2);
    expect(texts.filter((text) => text === '-.5')).toHaveLength(2);
  });

  it.each([
    ['no labels', [], { data: [], shape: [0, 0] }, {}, ReportEmptyError],
    ['a matrix of another size', ['a'], correlation, {}, ReportShapeError],
    ['covariances', ['a', 'b'], { data: [4, 1, 1, 4], shape: [2, 2] }, {}, ReportRangeError],
    ['an order without a label', labels, correlation, { order: [0, 1, 2, 2] }, ReportRangeError],
    [
      'a hierarchy of other labels',
      labels,
      correlation,
      { hierarchy: { data: [0, 1, 1, 2], shape: [1, 4] } },
      ReportShapeError,
    ],
  ])('refuses %s', (_, names, matrix, options, error) => {
    expect(() => correlationChart(names, matrix, options)).toThrow(error);
  });
});

describe('coOccurrenceChart', () => {
  const counts = { data: [10, 4, 0, 4, 8, 0, 0, 0, 0], shape: [3, 3] };
  const three = labels.slice(0, 3);

  it('reads along a row: the share of the images with one label that have the other', () => {
    const texts = textsOf(coOccurrenceChart(three, counts));
    // 4 of 10, 4 of 8
    expect(texts.filter((text) => text === '40')).toHaveLength(1);
    expect(texts.filter((text) => text === '50')).toHaveLength(1);
    expect(texts.join()).not.toContain('NaN');
  });

  it('takes shares of the images in which the other label is known', () => {
    // of the 10 with a, b is known in 5
    const known = [10, 5, 4, 8];
    const texts = textsOf(coOccurrenceChart(['a', 'b'], { data: [10, 4, 4, 8], shape: [2, 2], known }));
    expect(texts).toContain('80');
    expect(texts).not.toContain('40');
    expect(() => coOccurrenceChart(['a', 'b'], { data: [10, 4, 4, 8], shape: [2, 2], known: [1] })).toThrow(
      ReportShapeError,
    );
  });

  it.each([
    ['a count above its label’s', { data: [1, 2, 2, 5], shape: [2, 2] }],
    ['a negative count', { data: [1, -1, 0, 5], shape: [2, 2] }],
  ])('refuses %s', (_, wrong) => {
    expect(() => coOccurrenceChart(['a', 'b'], wrong)).toThrow(ReportRangeError);
  });
});

describe('dendrogramChart', () => {
  it('puts what merges side by side, and names the nearest pair', () => {
    const svg = dendrogramChart(labels, hierarchy, { distance: '1 − |r|' });
    expect(named(svg)).toEqual(leaves);
    expect(svg).toContain('Nearest: Makeup and Lipstick at 0.16.');
    expect(textsOf(svg)).toContain('1 − |r|');
  });

  it.each([
    ['one label', ['a'], { data: [], shape: [0, 4] }, ReportEmptyError],
    ['too few merges', labels, { data: [0, 1, 1, 2], shape: [1, 4] }, ReportShapeError],
    [
      'a part that merges twice',
      ['a', 'b', 'c'],
      { data: [0, 1, 1, 2, 3, 3, 1, 4], shape: [2, 4] },
      ReportRangeError,
    ],
    [
      'a merge of what is not there yet',
      ['a', 'b', 'c'],
      { data: [0, 4, 1, 2, 2, 3, 1, 3], shape: [2, 4] },
      ReportRangeError,
    ],
  ])('refuses %s', (_, names, wrong, error) => {
    expect(() => dendrogramChart(names, wrong)).toThrow(error);
  });
});

describe('searchProgressChart', () => {
  const points = [0.9, 0.4, 0.27].map((score, i) => ({ step: 100 * i, score }));

  it('names each search with what it reached, and the bound', () => {
    const texts = textsOf(
      searchProgressChart(
        [
          { name: 'swaps', points },
          { name: 'one shot', points: [{ step: 0, score: 0.7226 }] },
        ],
        { bound: 0.26155 },
      ),
    );
    expect(texts).toEqual(expect.arrayContaining(['swaps 0.2700', 'one shot 0.7226', 'bound 0.2616']));
  });

  it('calls bound and steps what they are told to be called', () => {
    const options = { bound: 0.2, boundName: 'no 20 rows are below', step: 'share' };
    const texts = textsOf(searchProgressChart([{ name: 'swaps', points }], options));
    expect(texts).toEqual(expect.arrayContaining(['no 20 rows are below 0.2000', 'share']));
  });

  it.each([
    ['no search', [], ReportEmptyError],
    ['a search without points', [{ name: 'x', points: [] }], ReportEmptyError],
    ['five searches', Array.from({ length: 5 }, (_, i) => ({ name: `${i}`, points })), ReportRangeError],
    ['steps that go back', [{ name: 'x', points: [...points].reverse() }], ReportRangeError],
    ['a score that is none', [{ name: 'x', points: [{ step: 0, score: nan }] }], ReportRangeError],
  ])('refuses %s', (_, searches, error) => {
    expect(() => searchProgressChart(searches)).toThrow(error);
  });
});

describe('label charts', () => {
  it.each([
    ['correlation', () => correlationChart(labels, correlation, { hierarchy })],
    ['dendrogram', () => dendrogramChart(labels, hierarchy)],
  ])('are the same string each time, and become PNG: %s', (_, draw) => {
    expect(draw()).toBe(draw());
    expect(pngSize(svgToPng(draw(), { scale: 1 }))[0]).toBeGreaterThan(400);
  });
});

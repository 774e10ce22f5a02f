import { describe, expect, it } from 'vitest';
import { classDistributionChart, ReportEmptyError, ReportRangeError, ReportShapeError } from '../src/index';
import { theme } from '../src/theme';
import { parseSvg, textsOf } from './parse-markup';

const labels = ['Bald', 'Mouth_Slightly_Open', 'Young'];
const complete = { title: 'Complete', labels, counts: [20, 480, 780], total: 1000 };
const without = {
  title: 'Without Young',
  labels: labels.slice(0, 2),
  counts: Uint32Array.of(20, 480),
  total: 1000,
};

describe('classDistributionChart', () => {
  it('names the minority and the majority class under each panel', () => {
    const texts = textsOf(classDistributionChart([complete, without]));
    expect(texts.filter((text) => text === 'Bald 20 (2.0%)')).toHaveLength(2);
    expect(texts).toContain('Young 780 (78.0%)');
    expect(texts).toContain('Mouth_Slightly_Open 480 (48.0%)');
    expect(texts).toContain('Majority to minority 39.0 : 1');
  });

  it('gives the relative standard deviation of the counts, population over mean', () => {
    // Counts 1 and 3: mean 2, population standard deviation 1.
    const texts = textsOf(classDistributionChart([{ title: 'x', labels: ['a', 'b'], counts: [1, 3] }]));
    expect(texts).toContain('Relative standard deviation 0.500');
  });

  it('writes every class name once, whole, for all panels, and marks a class that a panel lacks', () => {
    const texts = textsOf(classDistributionChart([complete, without]));
    for (const label of labels) expect(texts.filter((text) => text === label)).toHaveLength(1);
    expect(texts.filter((text) => text === 'left out')).toHaveLength(1);
  });

  it.each([
    { sort: 'descending' as const, order: ['Young', 'Mouth_Slightly_Open', 'Bald'] },
    { sort: 'none' as const, order: labels },
  ])('orders the classes: $sort', ({ sort, order }) => {
    const texts = textsOf(classDistributionChart([complete], { sort }));
    expect(texts.filter((text) => labels.includes(text))).toEqual(order);
  });

  it('shows counts alone where a total is unknown', () => {
    const texts = textsOf(classDistributionChart([complete, { title: 'b', labels, counts: [1, 12_345, 3] }]));
    expect(texts).toContain('12,345');
    expect(texts).toContain('Mouth_Slightly_Open 12,345');
  });

  it('takes shares of the images that a label is known of', () => {
    const set = { title: 'x', labels: ['Edema', 'Mass'], counts: [17, 10], total: 40, known: [26, 0] };
    const texts = textsOf(classDistributionChart([{ ...set, counts: [17, 0] }]));
    expect(texts).toContain('Edema 17 (65.4%)');
    expect(texts.join()).not.toMatch(/NaN|Infinity/);
    expect(() => classDistributionChart([set])).toThrow(ReportRangeError);
    expect(() => classDistributionChart([{ ...set, known: [26] }])).toThrow(ReportShapeError);
  });

  it('draws classes without images, and only such', () => {
    const texts = textsOf(
      classDistributionChart([{ title: 'x', labels: ['a', 'b'], counts: [0, 0], total: 0 }]),
    );
    expect(texts).toContain('Majority to minority –');
    expect(texts.join()).not.toMatch(/NaN|Infinity/);
  });

  it('stays as tall as its classes need, each on a row of its own', () => {
    const many = Array.from({ length: 40 }, (_, index) => `class_${index}`);
    const svg = classDistributionChart([
      { title: 'x', labels: many, counts: many.map((_, index) => index + 1) },
    ]);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(many));
    expect(Number(parseSvg(svg).getAttribute('height'))).toBeGreaterThan(40 * 18);
  });

  it('takes any text as a class name', () => {
    const odd = ['<b>', 'a & {muted|b}', '日本', '"'];
    const texts = textsOf(classDistributionChart([{ title: '<i>', labels: odd, counts: [4, 3, 2, 1] }]));
    expect(texts).toEqual(expect.arrayContaining([...odd, '<i>', '<b> 4']));
  });

  it('shortens names that are longer than their place, and keeps the numbers behind them', () => {
    const labels = ['ضحك', 'a\nb', `a name ${'that goes on and on '.repeat(9)}`];
    const set = { title: 'x', labels, counts: [1, 2, 3], total: 10 };
    for (const sets of [[set], [set, set]]) {
      const texts = textsOf(classDistributionChart(sets));
      expect(texts).toEqual(expect.arrayContaining(['ضحك\u200e 1 (10.0%)', 'a b']));
      expect(texts.filter((text) => text.startsWith('a name')).every((text) => text.length < 100)).toBe(true);
      expect(texts.find((text) => text.endsWith(' 3 (30.0%)'))).toMatch(/^a name that .*… 3 \(30\.0%\)$/);
    }
  });

  it('uses colours of the theme only, so that a dark page can swap each of them', () => {
    const light = new Set<string>(Object.values(theme).map((pair) => pair.light));
    const svg = classDistributionChart([complete, without]);
    const used = [...svg.matchAll(/ (?:fill|stroke)="([^"]+)"/g)].map(([, color]) => color);
    const invisible = new Set(['none', '#000', 'rgb(0,0,0)', 'transparent']);
    expect([...new Set(used)].filter((color) => !light.has(color) && !invisible.has(color))).toEqual([]);
  });

  it('refuses what does not fit together', () => {
    expect(() => classDistributionChart([])).toThrow(ReportEmptyError);
    expect(() => classDistributionChart([{ title: 'x', labels: [], counts: [] }])).toThrow(ReportEmptyError);
    expect(() => classDistributionChart([{ ...complete, counts: [1] }])).toThrow(ReportShapeError);
    expect(() => classDistributionChart([{ ...complete, counts: [1, 2, 1001] }])).toThrow(
      /from 0 to the total 1000 for "Young" in "Complete"; received 1001/,
    );
    expect(() => classDistributionChart([{ ...complete, counts: [1, Number.NaN, 3] }])).toThrow(
      ReportRangeError,
    );
  });
});

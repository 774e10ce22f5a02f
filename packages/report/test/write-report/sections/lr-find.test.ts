import { describe, expect, it } from 'vitest';
import { lrFindSection } from '../../../src/write-report/sections/lr-find';
import { textsOf } from '../../parse-markup';

const rates = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1];
const losses = [0.7, 0.69, 0.5, 0.4, 90];

describe('lrFindSection', () => {
  it('marks each rate that is suggested, however small', () => {
    const section = lrFindSection({
      rates,
      losses,
      smoothed: losses,
      suggestions: { valley: 3e-4, steep: 1e-3 },
    });
    const texts = section && 'svg' in section ? textsOf(section.svg) : [];
    expect(texts).toEqual(expect.arrayContaining(['valley 3.0e-4', 'steep 0.001', 'smoothed', 'each step']));
    expect(section?.note).toContain('suggested: valley 3.0e-4, steep 0.001.');
  });

  it('isn’t pressed flat by a loss that explodes', () => {
    const section = lrFindSection({ rates, losses, diverged: true });
    const texts = section && 'svg' in section ? textsOf(section.svg) : [];
    expect(texts.filter((text) => Number(text) > 1 && !text.includes('e'))).toEqual([]);
    expect(section?.note).toContain('until it explodes');
  });

  it('is left out if no loss is finite', () => {
    expect(lrFindSection({ rates, losses: rates.map(() => Number.NaN) })).toBeUndefined();
  });
});

import { LabelShapeError, undefinedClasses } from '@thawjs/metrics';
import { describe, expect, test } from 'vitest';

describe('undefinedClasses', () => {
  test('names the classes whose value is NaN', () => {
    expect(undefinedClasses([Number.NaN, 0, 1, Number.NaN], { labels: ['a', 'b', 'c', 'd'] })).toEqual([
      'a',
      'd',
    ]);
  });

  test('names them by column number without labels', () => {
    expect(undefinedClasses(Float64Array.of(0.5, Number.NaN))).toEqual(['1']);
  });

  test('is empty where everything is defined', () => {
    expect(undefinedClasses([0, 0.5])).toEqual([]);
  });

  test('refuses names of another number', () => {
    expect(() => undefinedClasses([0.5], { labels: ['a', 'b'] })).toThrow(LabelShapeError);
  });
});

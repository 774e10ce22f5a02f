import { describe, expect, it } from 'vitest';
import { nearestNames } from '../src/nearest-names';

const NAMES = ['Smiling', 'Bald', 'Bangs', 'Wearing_Hat', '5_o_Clock_Shadow', 'No_Beard', 'Young'];

describe('nearestNames', () => {
  it.each([
    ['smiling', 'Smiling'],
    ['Simling', 'Smiling'],
    ['no beard', 'No_Beard'],
    ['Hat', 'Wearing_Hat'],
    ['5 o clock shadow', '5_o_Clock_Shadow'],
    ['Yuong', 'Young'],
  ])('offers for %s first %s', (name, nearest) => {
    expect(nearestNames(name, NAMES)[0]).toBe(nearest);
  });

  it('offers all there are where there are few', () => {
    expect(nearestNames('x', ['a'])).toEqual(['a']);
    expect(nearestNames('x', [])).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { splitBalance } from '../../src/splits/split-balance';

// ten rows; label a in rows 0–3, label b in rows 0, 5
const y = Uint8Array.from({ length: 20 }, (_, i) => {
  const row = i >> 1;
  return +(i % 2 === 0 ? row < 4 : row === 0 || row === 5);
});
const rows = [
  [0, 1, 2, 4, 5, 6],
  [3, 7, 8, 9],
].map((part) => Int32Array.from(part));

describe('splitBalance', () => {
  it('names the label that deviates most from its share, and by how much', () => {
    const { largestDeviation, labelDistance } = splitBalance(
      { y, labels: ['a', 'b'] },
      'random',
      ['train', 'test'],
      rows,
    );
    // a: 4/10 of all, 3/6 and 1/4; b: 2/10 of all, 2/6 and 0/4, so that b misses all of its share of test
    expect(largestDeviation).toEqual({ value: 1, part: 'test', label: 'b' });
    // odds: a 4/6, 3/3 and 1/3; b 2/8, 2/4 and 0/4
    expect(labelDistance).toBeCloseTo((1 / 3 + 1 / 3 + 1 / 4 + 1 / 4) / 4, 12);
  });

  it('counts the groups that are on two sides', () => {
    const groups = ['x', 'x', 'y', 'y', 'z', 'z', 'z', 'v', 'v', 'w'];
    const { crossingGroups, by } = splitBalance(
      { y, labels: ['a', 'b'], groups },
      'random',
      ['train', 'test'],
      rows,
    );
    expect([crossingGroups, by]).toEqual([1, 'random']);
  });

  it('says it all in a few lines', () => {
    const groups = Int32Array.from([0, 0, 0, 1, 2, 2, 2, 1, 1, 1]);
    const names = ['train', 'validation', 'test'];
    const parts = [rows[0], new Int32Array(0), rows[1]];
    expect(
      String(splitBalance({ y, labels: ['a', 'b'], groups }, 'group', names, parts)).split('\n'),
    ).toEqual([
      'split by group: train 6, validation 0, test 4',
      'labels deviate by up to 100.00% (b in test); distance 0.29167',
      'no group is in two parts',
      'no positive of b in test',
    ]);
  });

  it('lists the labels that miss a part, and names the first of many', () => {
    const all = { y, labels: ['a', 'b'] };
    expect(splitBalance(all, 'random', ['train', 'test'], rows).missing).toEqual([
      { label: 'b', part: 'test' },
    ]);
    const halves = [[...Array(5).keys()], [5, 6, 7, 8, 9]].map((part) => Int32Array.from(part));
    const labels = Array.from({ length: 7 }, (_, label) => `label ${label}`);
    // only row 0 has labels, and only the first six
    const first = Uint8Array.from({ length: 70 }, (_, i) => +(i < 6));
    const balance = splitBalance({ y: first, labels }, 'random', ['train', 'test'], halves);
    expect(balance.missing).toHaveLength(6);
    expect(String(balance)).toMatch(/^no positive of label 0 in test, .*label 4 in test and 1 more$/m);
  });

  it('finds nothing to deviate where a label is everywhere or nowhere', () => {
    const constant = Uint8Array.from({ length: 20 }, (_, i) => +(i % 2 === 0));
    const balance = splitBalance({ y: constant, labels: ['a', 'b'] }, 'random', ['train', 'test'], rows);
    expect(balance).toMatchObject({ largestDeviation: { value: 0 }, labelDistance: 0 });
    expect(String(balance)).toContain('every label has its share of every part');
  });
});

import { describe, expect, it } from 'vitest';
import {
  classDistributionChart,
  coOccurrenceChart,
  correlationChart,
  dendrogramChart,
  historyChart,
  predictionGrid,
  searchProgressChart,
  svgToPng,
} from '../src/index';
import { parseSvg } from './parse-markup';
import { pngSize } from './png-size';

const bad = ['a\u0000b', 'c\u001b[2Jd', 'e\uffff\u000bf\u202e\u2067<script>&"\''];
const square = { data: [1, 0.2, 0.1, 0.2, 1, 0.3, 0.1, 0.3, 1], shape: [3, 3] };
const rows = [0, 1].map((epoch) => ({
  phase: 'h\u0000',
  epoch,
  auc: 0.5,
  loss: 1,
  precision: 0.5,
  recall: 0.5,
}));
const image = { data: new Uint8Array(12), width: 2, height: 2 };
const predicted = bad.map((label) => ({ label, probability: 0.5, outcome: 'tp' as const }));
const item = { id: bad[0], original: image, preprocessed: image, predicted };

describe('control characters in labels and titles', () => {
  it.each<[string, () => string]>([
    [
      'classDistributionChart',
      () => classDistributionChart([{ title: bad[0], labels: bad, counts: [1, 2, 3] }]),
    ],
    ['coOccurrenceChart', () => coOccurrenceChart(bad, { data: [3, 1, 1, 1, 3, 1, 1, 1, 3], shape: [3, 3] })],
    ['correlationChart', () => correlationChart(bad, square)],
    ['dendrogramChart', () => dendrogramChart(bad, { data: [0, 1, 0.2, 2, 2, 3, 0.5, 3], shape: [2, 4] })],
    ['historyChart', () => historyChart(rows, { title: bad[1] })],
    [
      'searchProgressChart',
      () =>
        searchProgressChart(
          [
            {
              name: bad[0],
              points: [
                { step: 0, score: 2 },
                { step: 1, score: 1 },
              ],
            },
          ],
          { title: bad[1] },
        ),
    ],
    ['predictionGrid', () => predictionGrid([item], { title: bad[2] })],
  ])('don’t break %s', (_, draw) => {
    const svg = draw();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML forbids, and what turns text round
    expect(svg).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\u202e\u2067]/);
    expect(svg).not.toContain('<script>');
    parseSvg(svg);
    expect(pngSize(svgToPng(svg, { scale: 1 }))[0]).toBeGreaterThan(10);
  });
});

it('labels with the names of what every object has change no object, and are drawn as they are', () => {
  const names = [...Object.getOwnPropertyNames(Object.prototype), 'prototype', 'length'];
  const keysOfShared = () =>
    [Object.prototype, ...names.map((name) => (Object.prototype as Record<string, unknown>)[name])]
      .filter((value) => typeof value === 'function' || typeof value === 'object')
      .map((value) => Object.getOwnPropertyNames(value ?? {}));
  const before = keysOfShared();
  const counts = names.map((_, i) => i);
  const total = names.length;
  const heat = { data: names.flatMap((_, i) => names.map((_, j) => +(i === j))), shape: [total, total] };
  for (const svg of [
    classDistributionChart([{ title: '__proto__', labels: names, counts, total }]),
    correlationChart(names, heat),
    coOccurrenceChart(names, heat),
    historyChart(rows.map((row) => ({ ...row, phase: '__proto__' }))),
  ])
    parseSvg(svg);
  expect(classDistributionChart([{ title: 'a', labels: names, counts, total }])).toContain(
    '>__proto__</text>',
  );
  expect(keysOfShared()).toEqual(before);
  expect(Object.keys({})).toEqual([]);
});

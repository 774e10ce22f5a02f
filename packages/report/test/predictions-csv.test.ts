import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { predictionsCsv, ReportShapeError } from '../src/index';

const ids = ['1.jpg', '2.jpg'];
const labels = ['Bald', 'Young'];
const yTrue = Uint8Array.of(1, 0, 0, 1);
const probabilities = Float32Array.of(0.5, 0.1, 0.7, 0.25);

describe('predictionsCsv', () => {
  it('gives truth, prediction and probability of each class', () => {
    expect(predictionsCsv({ ids, labels, yTrue, probabilities }).trimEnd().split('\n')).toEqual([
      'id,Bald_true,Bald_predicted,Bald_probability,Young_true,Young_predicted,Young_probability',
      '1.jpg,1,1,0.5,0,0,0.100000001',
      '2.jpg,0,1,0.699999988,1,0,0.25',
    ]);
  });

  it('predicts from a probability on that reaches the threshold, one for all or one a label', () => {
    const predicted = (thresholds: number | number[]) =>
      parse<Record<string, number>>(predictionsCsv({ ids, labels, yTrue, probabilities, thresholds }), {
        columns: true,
        cast: true,
      }).map((row) => [row.Bald_predicted, row.Young_predicted]);
    expect(predicted(0.25)).toEqual([
      [1, 0],
      [1, 1],
    ]);
    expect(predicted([0.6, 0.1])).toEqual([
      [0, 1],
      [1, 1],
    ]);
  });

  it.each([
    ['flat', yTrue, probabilities],
    ['as a matrix', { data: yTrue, shape: [2, 2] }, { data: probabilities, shape: [2, 2] }],
    [
      'as rows',
      [
        [1, 0],
        [0, 1],
      ],
      [
        [0.5, Math.fround(0.1)],
        [Math.fround(0.7), 0.25],
      ],
    ],
  ])('takes values %s', (_, truth, scores) => {
    const lines = predictionsCsv({ ids, labels, yTrue: truth, probabilities: scores }).split('\n');
    expect(lines[1]).toMatch(/^1\.jpg,1,1,0\.5,0,0,0\.1000000/);
  });

  it('writes float32 probabilities so that the same float32 comes back', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (values) => {
        const csv = predictionsCsv({
          ids: values.map(String),
          labels: ['x'],
          yTrue: new Uint8Array(values.length),
          probabilities: Float32Array.from(values),
        });
        const read: string[][] = parse(csv, { from: 2 });
        expect(read.map((row) => Math.fround(Number(row[3])) + 0)).toEqual(values.map((value) => value + 0));
      }),
    );
  });

  it('leaves an undefined probability empty', () => {
    const csv = predictionsCsv({ ids: ['a'], labels: ['x'], yTrue: [1], probabilities: [Number.NaN] });
    expect(csv.split('\n')[1]).toBe('a,1,0,');
  });

  it('quotes ids and labels that need it', () => {
    const csv = predictionsCsv({ ids: ['a,"b"'], labels: ['x,y'], yTrue: [1], probabilities: [1] });
    expect(parse(csv)).toEqual([
      ['id', 'x,y_true', 'x,y_predicted', 'x,y_probability'],
      ['a,"b"', '1', '1', '1'],
    ]);
  });

  it.each([
    ['too few labels', { yTrue: [1, 0] }, 'expected yTrue of shape 2×2 (ids × labels); received 2 values.'],
    ['another shape', { probabilities: { data: probabilities, shape: [4, 1] } }, 'received 4×1.'],
    ['ragged rows', { yTrue: [[1, 0], [1]] }, 'received 2×1.'],
    ['too few thresholds', { thresholds: [0.5] }, 'expected one threshold or 2, one a label; received 1.'],
  ])('refuses %s', (_, changes, message) => {
    const write = () => predictionsCsv({ ids, labels, yTrue, probabilities, ...changes });
    expect(write).toThrow(ReportShapeError);
    expect(write).toThrow(message);
  });
});

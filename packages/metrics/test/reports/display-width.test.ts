import { describe, expect, test } from 'vitest';
import { displayWidth, fitWidth } from '../../src/reports/display-width';
import { writeTable } from '../../src/reports/write-table';

describe('displayWidth', () => {
  test.each([
    ['Smiling', 7],
    ['', 0],
    ['مبتسم', 5],
    ['笑っている人', 12],
    ['한국어', 6],
    ['ｱｲｳ', 3],
    ['e\u0301te\u0301', 3],
    ['👩‍👩‍👧 family', 9],
    ['⭐', 2],
    ['naïve – ½', 9],
  ])('is the number of columns of %s in a terminal', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });
});

describe('fitWidth', () => {
  test.each([
    ['Smiling', 7, 'Smiling'],
    ['Smiling', 6, 'Smili…'],
    ['笑っている', 6, '笑っ…'],
    ['笑っている', 5, '笑っ…'],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
  ])('cuts %s at %i columns', (text, columns, cut) => {
    expect(fitWidth(text, columns)).toBe(cut);
  });
});

describe('writeTable', () => {
  test('aligns columns behind names in any script', () => {
    expect(
      writeTable(
        ['', 'AUC'],
        [
          ['笑う', '0.9'],
          ['Hat', '0.75'],
        ],
        'text',
      ),
    ).toBe(['       AUC', '笑う   0.9', 'Hat   0.75'].join('\n'));
  });
});

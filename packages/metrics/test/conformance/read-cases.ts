import { readFileSync } from 'node:fs';
import type { Matrix } from '@thawjs/metrics';

/** One input of conformance/metrics/cases.py. */
export interface Case {
  readonly name: string;
  readonly yTrue: Matrix;
  readonly yScore: Matrix;
  readonly columns: number;
  readonly sampleWeight: readonly number[];
  readonly mask: Matrix;
}

export function readFixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8')) as T;
}

interface StoredCase {
  readonly name: string;
  readonly dtype: string;
  readonly yTrue: string[];
  readonly yScore: number[][];
  readonly sampleWeight: number[];
  readonly mask: string[];
}

/** All inputs by name, scores in the precision in which the peers saw them. */
export function readCases(): Map<string, Case> {
  const { cases } = readFixture<{ cases: StoredCase[] }>('cases.json');
  return new Map(
    cases.map(({ name, dtype, yTrue, yScore, sampleWeight, mask }) => {
      const shape = [yTrue.length, yTrue[0].length];
      const scores =
        dtype === 'float32' ? Float32Array.from(yScore.flat()) : Float64Array.from(yScore.flat());
      const bits = (rows: string[]) => ({ data: Uint8Array.from(rows.join(''), Number), shape });
      return [
        name,
        {
          name,
          yTrue: bits(yTrue),
          yScore: { data: scores, shape },
          columns: shape[1],
          sampleWeight,
          mask: bits(mask),
        },
      ];
    }),
  );
}

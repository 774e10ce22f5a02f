import { readFileSync } from 'node:fs';
import type { Matrix } from '@thawjs/metrics';

/** One input of conformance/metrics/cases.py. */
export interface Case {
  readonly name: string;
  readonly yTrue: Matrix;
  readonly yScore: Matrix;
  readonly columns: number;
}

export function readFixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8')) as T;
}

/** All inputs by name, scores in the precision in which the peers saw them. */
export function readCases(): Map<string, Case> {
  const { cases } = readFixture<{
    cases: { name: string; dtype: string; yTrue: string[]; yScore: number[][] }[];
  }>('cases.json');
  return new Map(
    cases.map(({ name, dtype, yTrue, yScore }) => {
      const shape = [yTrue.length, yTrue[0]!.length];
      const scores =
        dtype === 'float32' ? Float32Array.from(yScore.flat()) : Float64Array.from(yScore.flat());
      const truth = Uint8Array.from(yTrue.join(''), Number);
      return [
        name,
        { name, yTrue: { data: truth, shape }, yScore: { data: scores, shape }, columns: shape[1]! },
      ];
    }),
  );
}

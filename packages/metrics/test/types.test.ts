import {
  type Bootstrapped,
  bootstrap,
  type ClassAverage,
  f1Score,
  type Matrix,
  type MatrixInput,
  precisionRecallFscoreSupport,
  type RocCurve,
  rocAucScore,
  rocCurve,
} from '@thawjs/metrics';
import { describe, expectTypeOf, test } from 'vitest';

describe('types', () => {
  test("an average is a number, 'none' is an array, and an average known at run time is either", () => {
    expectTypeOf(rocAucScore([0, 1], [0, 1])).toEqualTypeOf<number>();
    expectTypeOf(rocAucScore([0, 1], [0, 1], { undefined: 'skip' })).toEqualTypeOf<number>();
    expectTypeOf(rocAucScore([0, 1], [0, 1], { average: 'micro' })).toEqualTypeOf<number>();
    expectTypeOf(rocAucScore([0, 1], [0, 1], { average: 'none' })).toEqualTypeOf<Float64Array>();
    const average = 'macro' as ClassAverage;
    expectTypeOf(f1Score([0, 1], [0, 1], { average })).toEqualTypeOf<number | Float64Array>();
  });

  test('precisionRecallFscoreSupport is per class unless told', () => {
    expectTypeOf(precisionRecallFscoreSupport([0, 1], [0, 1]).fscore).toEqualTypeOf<Float64Array>();
    expectTypeOf(
      precisionRecallFscoreSupport([0, 1], [0, 1], { average: 'samples' }).fscore,
    ).toEqualTypeOf<number>();
  });

  test('curves are a list, one a class, unless all pairs are one', () => {
    expectTypeOf(rocCurve([0, 1], [0, 1])).toEqualTypeOf<readonly RocCurve[]>();
    expectTypeOf(rocCurve([0, 1], [0, 1], { average: 'micro' })).toEqualTypeOf<RocCurve>();
  });

  test('a bootstrap gives what its metric gives', () => {
    expectTypeOf<Bootstrapped<number>['low']>().toEqualTypeOf<number>();
    expectTypeOf(bootstrap(rocAucScore, [0, 1], [0, 1]).estimate).toExtend<number | Float64Array>();
    const perClass = (yTrue: MatrixInput, yScore: MatrixInput) =>
      rocAucScore(yTrue, yScore, { average: 'none' });
    expectTypeOf(bootstrap(perClass, [0, 1], [0, 1]).low).toEqualTypeOf<Float64Array>();
  });

  test('options are checked by name', () => {
    // @ts-expect-error misspelt
    const misspelt: Parameters<typeof rocAucScore>[2] = { avrage: 'macro' };
    expectTypeOf(misspelt).not.toBeNever();
  });

  test('tensors, predictions and rows are all inputs', () => {
    expectTypeOf<{ shape: number[]; dataSync(): Float32Array; dispose(): void }>().toExtend<MatrixInput>();
    expectTypeOf<{ data: Float32Array; shape: readonly [number, number] }>().toExtend<Matrix>();
    expectTypeOf<Uint8Array[]>().toExtend<MatrixInput>();
    expectTypeOf<readonly (readonly number[])[]>().toExtend<MatrixInput>();
    expectTypeOf<string[]>().not.toExtend<MatrixInput>();
  });
});

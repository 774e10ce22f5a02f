import {
  AccumulatorMergeError,
  AccumulatorStateError,
  CalibrationAccumulator,
  ConfusionCountsAccumulator,
  calibrationCurve,
  confusionCounts,
  EmptyInputError,
  KerasAucAccumulator,
  kerasAuc,
  LabelShapeError,
  type Matrix,
  OptionValueError,
  precisionRecallFscoreSupport,
  RocAucAccumulator,
  rocAucScore,
  UnknownOptionError,
} from '@thawjs/metrics';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

/** What the tests need of any accumulator. */
interface Streamed {
  update(yTrue: Matrix, yScore: Matrix): unknown;
  merge(other: never): unknown;
  result(): unknown;
  reset(): unknown;
  toJSON(): unknown;
}

interface Subject {
  readonly name: string;
  readonly make: () => Streamed;
  readonly read: (json: never) => Streamed;
  /** All rows at once. */
  readonly whole: (yTrue: Matrix, yScore: Matrix) => unknown;
}

const SUBJECTS: Subject[] = [
  {
    name: 'ConfusionCountsAccumulator',
    make: () => new ConfusionCountsAccumulator({ threshold: [0.25, 0.5, 0.75] }),
    read: ConfusionCountsAccumulator.fromJSON,
    whole: (yTrue, yScore) => confusionCounts(yTrue, yScore, { threshold: [0.25, 0.5, 0.75] }),
  },
  {
    name: 'KerasAucAccumulator, classes apart',
    make: () => new KerasAucAccumulator({ multiLabel: true, numThresholds: 20 }),
    read: KerasAucAccumulator.fromJSON,
    whole: (yTrue, yScore) => kerasAuc(yTrue, yScore, { multiLabel: true, numThresholds: 20 }),
  },
  {
    name: 'KerasAucAccumulator, precision over recall',
    make: () => new KerasAucAccumulator({ curve: 'PR' }),
    read: KerasAucAccumulator.fromJSON,
    whole: (yTrue, yScore) => kerasAuc(yTrue, yScore, { curve: 'PR' }),
  },
  {
    name: 'RocAucAccumulator',
    make: () => new RocAucAccumulator({ average: 'none' }),
    read: RocAucAccumulator.fromJSON,
    whole: (yTrue, yScore) => rocAucScore(yTrue, yScore, { average: 'none' }),
  },
  {
    name: 'RocAucAccumulator, pooled',
    make: () => new RocAucAccumulator({ average: 'micro' }),
    read: RocAucAccumulator.fromJSON,
    whole: (yTrue, yScore) => rocAucScore(yTrue, yScore, { average: 'micro' }),
  },
  {
    name: 'CalibrationAccumulator',
    make: () => new CalibrationAccumulator({ bins: 4 }),
    read: CalibrationAccumulator.fromJSON,
    whole: (yTrue, yScore) => new CalibrationAccumulator({ bins: 4 }).update(yTrue, yScore).result(),
  },
];

const COLUMNS = 3;
const row = fc.tuple(
  fc.array(fc.integer({ min: 0, max: 1 }), { minLength: COLUMNS, maxLength: COLUMNS }),
  // Few distinct scores, so that ties come in all parts; and any at all.
  fc.array(fc.oneof(fc.constantFrom(0, 0.25, 0.5, 0.75, 1), fc.float({ min: 0, max: 1, noNaN: true })), {
    minLength: COLUMNS,
    maxLength: COLUMNS,
  }),
);
type Row = [labels: number[], scores: number[]];

/** A tree of merges: which parts go into which accumulator, in which order. */
const split = fc.record({
  rows: fc.array(row, { minLength: 1, maxLength: 40 }),
  parts: fc.integer({ min: 1, max: 6 }),
  updates: fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 40 }),
  merges: fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 6, maxLength: 6 }),
  throughJson: fc.boolean(),
});

function matrices(rows: readonly Row[], kind: 'float32' | 'float64'): [Matrix, Matrix] {
  const shape = [rows.length, COLUMNS];
  const scores = rows.flatMap(([, values]) => values);
  return [
    { data: Uint8Array.from(rows.flatMap(([labels]) => labels)), shape },
    { data: kind === 'float32' ? Float32Array.from(scores) : Float64Array.from(scores), shape },
  ];
}

describe.each(SUBJECTS)('$name', ({ make, read, whole }) => {
  test.each(['float32', 'float64'] as const)(
    'any split of %s rows over any accumulators, merged in any order, is one pass, to the last bit',
    (kind) => {
      fc.assert(
        fc.property(split, ({ rows, parts, updates, merges, throughJson }) => {
          let accumulators = Array.from({ length: parts }, make);
          // Rows are dealt out in random portions to random accumulators.
          let start = 0;
          for (let turn = 0; start < rows.length; turn++) {
            const [size, target] = updates[turn % updates.length];
            const portion = rows.slice(start, start + 1 + (size % 7));
            accumulators[target % parts].update(...matrices(portion, kind));
            start += portion.length;
          }
          if (throughJson)
            accumulators = accumulators.map((one) => read(JSON.parse(JSON.stringify(one)) as never));
          for (const [from, to] of merges) {
            if (accumulators.length === 1) break;
            const [taken] = accumulators.splice(from % accumulators.length, 1);
            accumulators[to % accumulators.length].merge(taken as never);
          }
          const [only] = accumulators;
          expect(accumulators).toHaveLength(1);
          expect(only.result()).toEqual(whole(...matrices(rows, kind)));
        }),
      );
    },
  );

  const [yTrue, yScore] = matrices(
    [
      [
        [1, 0, 1],
        [0.75, 0.5, 0.1],
      ],
      [
        [0, 1, 0],
        [0.25, 0.5, 0.2],
      ],
    ],
    'float32',
  );

  test('a result may be asked for at any time, and is not changed by what follows', () => {
    const one = make();
    one.update(yTrue, yScore);
    const early = one.result();
    one.update({ ...yTrue, data: Uint8Array.of(0, 0, 0, 1, 1, 1) }, yScore);
    one.result();
    expect(early).toEqual(whole(yTrue, yScore));
  });

  test('merging leaves the other as it was, and an accumulator may be merged with itself', () => {
    const [one, other] = [make(), make()];
    one.update(yTrue, yScore);
    other.update(yTrue, yScore);
    one.merge(other as never);
    expect(JSON.stringify(other)).toBe(JSON.stringify(read(JSON.parse(JSON.stringify(other)) as never)));
    expect(other.result()).toEqual(whole(yTrue, yScore));
    const twice = make();
    twice.update(yTrue, yScore);
    twice.merge(twice as never);
    expect(twice.result()).toEqual(one.result());
  });

  test('what the caller does with the arrays afterwards changes nothing', () => {
    const one = make();
    const scores = Float32Array.from(yScore.data);
    one.update(yTrue, { data: scores, shape: yScore.shape });
    scores.fill(0);
    expect(one.result()).toEqual(whole(yTrue, yScore));
  });

  test('is empty at first and after a reset, with the same options', () => {
    const one = make();
    expect(() => one.result()).toThrow(EmptyInputError);
    const fresh = JSON.stringify(one);
    one.update(yTrue, yScore);
    one.reset();
    expect(() => one.result()).toThrow(EmptyInputError);
    expect(JSON.stringify(one)).toBe(fresh);
    one.merge(make() as never);
    expect(JSON.stringify(one)).toBe(fresh);
    expect(JSON.stringify(read(JSON.parse(fresh) as never))).toBe(fresh);
  });

  test('takes one number of columns, in updates and in merges', () => {
    const one = make();
    one.update(yTrue, yScore);
    expect(() => one.update([[1]] as never, [[0.5]] as never)).toThrow(LabelShapeError);
  });

  test.each([
    ['another kind', '{"kind":"weather","version":1}'],
    ['another version', '{"kind":"roc-auc","version":2}'],
    ['nothing', 'null'],
    ['text', '"{}"'],
  ])('refuses the state of %s', (_, json) => {
    expect(() => read(JSON.parse(json) as never)).toThrow(AccumulatorStateError);
  });

  test('refuses a state that was cut or edited', () => {
    const one = make();
    one.update(yTrue, yScore);
    const state = JSON.parse(JSON.stringify(one)) as Record<string, unknown>;
    expect(() => read({ ...state, options: undefined } as never)).toThrow(AccumulatorStateError);
    expect(() => read({ ...state, columns: 2.5 } as never)).toThrow(AccumulatorStateError);
    for (const [key, value] of Object.entries(state)) {
      if (Array.isArray(value))
        expect(() => read({ ...state, [key]: value.slice(1) } as never), key).toThrow(AccumulatorStateError);
      else if (key === 'truth' || key === 'scores')
        expect(() => read({ ...state, [key]: (value as string).slice(4) } as never), key).toThrow(
          AccumulatorStateError,
        );
    }
  });
});

describe('accumulators', () => {
  test('of other options or other columns are not merged', () => {
    const at = (threshold: number) => new ConfusionCountsAccumulator({ threshold });
    expect(() => at(0.5).merge(at(0.3))).toThrow(AccumulatorMergeError);
    expect(() => at(0.5).merge(at(0.3))).toThrow(
      'expected an accumulator with the same options, {"threshold":0.5}; received one with {"threshold":0.3}.',
    );
    const one = new RocAucAccumulator().update([[0, 1]], [[0, 1]]);
    expect(() => one.merge(new RocAucAccumulator().update([[0]], [[0]]))).toThrow(
      '2 columns; received one of 1',
    );
  });

  test('options are compared by value: order, typed arrays and absent ones make no difference', () => {
    const one = new ConfusionCountsAccumulator({ threshold: Float64Array.of(0.5), comparison: '>' });
    const other = new ConfusionCountsAccumulator({ comparison: '>', threshold: [0.5], labels: undefined });
    expect(() => one.merge(other)).not.toThrow();
  });

  test('options are checked when the accumulator is made', () => {
    expect(() => new KerasAucAccumulator({ numThresholds: 1 })).toThrow(OptionValueError);
    expect(() => new RocAucAccumulator({ avrage: 'macro' } as object)).toThrow(UnknownOptionError);
  });

  test('counted scores are those of precisionRecallFscoreSupport', () => {
    const yTrue = [
      [1, 0],
      [0, 1],
      [1, 1],
      [1, 0],
    ];
    const yScore = [
      [0.9, 0.2],
      [0.8, 0.1],
      [0.3, 0.7],
      [0.6, 0.4],
    ];
    const counts = new ConfusionCountsAccumulator().update(yTrue, yScore);
    for (const average of ['none', 'macro', 'micro', 'weighted'] as const) {
      expect(counts.scores({ average, beta: 2, zeroDivision: 0 })).toEqual(
        precisionRecallFscoreSupport(yTrue, yScore, { average, beta: 2, zeroDivision: 0 }),
      );
    }
    // @ts-expect-error counts of classes know no rows
    expect(() => counts.scores({ average: 'samples' })).toThrow(UnknownOptionError);
    expect(() => new ConfusionCountsAccumulator().scores()).toThrow(EmptyInputError);
  });

  test('parts of 32 and of 64 bits go together', () => {
    const mixed = new RocAucAccumulator()
      .update([0, 1], Float32Array.of(0.5, 0.25))
      .update([1, 0], [0.5, 0.25]);
    expect(mixed.result()).toBe(rocAucScore([0, 1, 1, 0], [0.5, 0.25, 0.5, 0.25]));
  });

  test('a megabyte of scores goes through JSON', () => {
    const scores = Float32Array.from({ length: 300_000 }, (_, at) => Math.sin(at));
    const labels = Uint8Array.from(scores, (score, at) => Number(score + Math.cos(7 * at) > 0));
    const one = new RocAucAccumulator().update(labels, scores);
    expect(RocAucAccumulator.fromJSON(JSON.parse(JSON.stringify(one))).result()).toBe(one.result());
  });

  test('a state in base64 that is none is refused', () => {
    const state = new RocAucAccumulator().update([0, 1], [0, 1]).toJSON();
    expect(() => RocAucAccumulator.fromJSON({ ...state, truth: '%%' })).toThrow(AccumulatorStateError);
    expect(() => RocAucAccumulator.fromJSON({ ...state, scores: 3 as never })).toThrow(
      'expected scores in base64; received 3.',
    );
  });
});

describe('accumulators know unknown labels', () => {
  const yScore = Float32Array.of(0.1, 0.6, 0.35, 0.8, 0.7, 0.2);
  const signs = [-1, -1, 1, 1, 0, 0];
  const options = { coding: '-1/1', ignoreValue: 0 } as const;

  test.each([
    ['counts', new ConfusionCountsAccumulator(options), confusionCounts(signs, yScore, options)],
    ['exact AUC', new RocAucAccumulator(options), rocAucScore(signs, yScore, options)],
    ["Keras' AUC", new KerasAucAccumulator(options), kerasAuc(signs, yScore, options)],
    ['calibration', new CalibrationAccumulator(options), calibrationCurve(signs, yScore, options)],
  ])('%s', (_, accumulator: Streamed, whole) => {
    accumulator.update(
      { data: signs.slice(0, 4), shape: [4, 1] },
      { data: yScore.slice(0, 4), shape: [4, 1] },
    );
    accumulator.update({ data: signs.slice(4), shape: [2, 1] }, { data: yScore.slice(4), shape: [2, 1] });
    expect(accumulator.result()).toEqual(whole);
  });

  test('in their JSON too, though it has no NaN', () => {
    const labels = [0, 1, Number.NaN];
    const scores = [0.2, 0.9, 0.1];
    const counts = new ConfusionCountsAccumulator({ ignoreValue: Number.NaN }).update(labels, scores);
    const areas = new RocAucAccumulator({ ignoreValue: Number.NaN }).update(labels, scores);
    const counted = ConfusionCountsAccumulator.fromJSON(JSON.parse(JSON.stringify(counts))).merge(counts);
    const ranked = RocAucAccumulator.fromJSON(JSON.parse(JSON.stringify(areas))).update(labels, scores);
    expect(counted.result().tn).toEqual(Float64Array.of(2));
    expect(ranked.result()).toBe(1);
  });

  test('and take no weights, whose sums would show the order of the rows', () => {
    const weighted = { sampleWeight: [1] } as object;
    expect(() => new ConfusionCountsAccumulator(weighted)).toThrow(UnknownOptionError);
    expect(() => new CalibrationAccumulator(weighted)).toThrow(UnknownOptionError);
  });
});

test('refuses a threshold of null, as a damaged state has it, by name', () => {
  const given = { threshold: null } as unknown as { threshold: number };
  expect(() => new ConfusionCountsAccumulator(given)).toThrow(OptionValueError);
  const state = JSON.parse(JSON.stringify(new ConfusionCountsAccumulator({ threshold: 0.5 })));
  expect(() => ConfusionCountsAccumulator.fromJSON({ ...state, options: given })).toThrow(OptionValueError);
});

import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { useBestBackend } from '@thawjs/backends';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { registerLayers, unfreeze } from '../../src';
import { modelProgram } from '../../src/model/model-program';
import { stateOf } from '../../src/model/state-of';
import { gradients } from '../../src/program/autodiff';
import { withBatch } from '../../src/program/ir';
import { constant } from '../../src/program/operations/sources';
import fixture from '../fixtures/layers.json';
import { ways } from '../program/ways';
import { weightedSum } from '../program/weighted-sum';
import { uniform } from '../training/parity/fixed-values';
import { relativeError } from '../training/parity/relative-error';

interface LayerCase {
  readonly name: string;
  readonly kind: string;
  readonly sizes: readonly (readonly number[])[];
  readonly options: object;
  readonly modes: readonly LayerMode[];
}

/** What Keras computed in one state of the layer. */
interface LayerMode {
  readonly mode: string;
  readonly y: readonly number[];
  readonly shape: readonly number[];
  /** The gradients of the inputs, then of the weights by name. */
  readonly inputs: readonly (readonly number[])[];
  readonly weights: Readonly<Record<string, readonly number[]>>;
  /** What the moving statistics became. */
  readonly moved?: Readonly<Record<string, readonly number[]>>;
}

const IMAGES = 3;

const cases = (fixture.cases as unknown as LayerCase[]).flatMap((of) =>
  of.modes.map((mode) => {
    const options = Object.keys(of.options).length > 0 ? ` ${JSON.stringify(of.options)}` : '';
    const state = of.modes.length > 1 ? `, ${mode.mode}` : '';
    return { title: `${of.kind} of ${JSON.stringify(of.sizes)}${options}${state}`, of, mode };
  }),
);

/** A function of tf.layers, or a class that Thaw registers. */
function makeLayer({ kind, options }: LayerCase): tfl.layers.Layer {
  const make = tfl.layers[kind as keyof typeof tfl.layers] as unknown as
    | ((options: object) => tfl.layers.Layer)
    | undefined;
  if (make) return make(options);
  const [LayerClass] = tf.serialization.SerializationMap.getMap().classNameMap[kind];
  return new (LayerClass as unknown as new (options: object) => tfl.layers.Layer)(options);
}

const numbers = (name: string, count: number, low: number, high: number) =>
  Float32Array.from(uniform(name, count), (u) => low + (high - low) * u);

const product = (sizes: readonly number[]) => sizes.reduce((total, size) => total * size, 1);

/** The last part of a weight's name, as Keras has it. */
function kerasName({ originalName }: { originalName: string }, kind: string): string {
  const name = originalName.slice(originalName.lastIndexOf('/') + 1);
  return kind === 'depthwiseConv2d' ? name.replace('depthwise_kernel', 'kernel') : name;
}

describe.each(ways)('on $name', ({ backend, make }) => {
  beforeAll(async () => {
    registerLayers();
    await useBestBackend({ prefer: [backend], log: () => {} });
  });
  afterEach(() => tf.disposeVariables());

  test.each(cases)(`a layer is Keras ${fixture.versions.keras}'s: $title`, async ({ of, mode }) => {
    const layer = makeLayer(of);
    const inputs = of.sizes.map((sizes) => tfl.input({ shape: [...sizes] }));
    const outputs = layer.apply(inputs.length > 1 ? inputs : inputs[0]) as tfl.SymbolicTensor;
    const model = tfl.model({ inputs, outputs });
    const weights = new Map(
      layer.weights
        .filter(({ dtype }) => dtype === 'float32')
        .map((weight) => [kerasName(weight, of.kind), weight.read() as tf.Variable]),
    );
    for (const [name, variable] of weights) {
      const isPositive = ['gamma', 'moving_variance', 'variance'].includes(name);
      const [low, high] = isPositive ? [0.5, 1.5] : [-0.7, 0.7];
      const values = numbers(`${of.name}/${name}`, variable.size, low, high);
      tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
    }
    const norm = mode.mode as 'frozen' | 'affine' | 'training';
    if (of.modes.length > 1) unfreeze(model, 'all', { batchNorm: norm });

    const training = norm === 'training';
    const planned = modelProgram(model, { training });
    const { program, moved: movedStates } = planned;
    expect(program.operations.map(({ kind }) => kind.name)).not.toContain('LayerCall');
    const [y] = planned.outputs;
    const factors = [...numbers(`${of.name}/factors`, mode.y.length, -1, 1)];
    const f = weightedSum(program, [y], { factors, sizes: withBatch(y.sizes, IMAGES) });
    const learning = Object.keys(mode.weights).map((name) => program.read(stateOf(weights.get(name)!)));
    const one = constant(program, [], { values: [1], sizes: [] });
    const found = gradients(program, f, one, [...planned.inputs, ...learning]);
    const asked = [...planned.inputs, ...learning].map((value) => found.get(value)!);
    const made = make(program, [y, ...asked, ...movedStates.map(({ value }) => value)]);
    const xs = of.sizes.map((sizes, i) => {
      const values = numbers(`${of.name}/x${i}`, IMAGES * product(sizes), -1, 1);
      return tf.tensor(values, [IMAGES, ...sizes]);
    });
    const results = await made.run(new Map(planned.inputs.map((value, i) => [value, xs[i]])));
    made.dispose();
    tf.dispose(xs);

    expect(withBatch(y.sizes, IMAGES)).toEqual(mode.shape);
    const moved = movedStates.map(
      ({ state }) => [...weights].find(([, weight]) => weight === state.variable)![0],
    );
    const names = ['y', ...of.sizes.map((_, i) => `input ${i}`), ...Object.keys(mode.weights), ...moved];
    const expected = [
      mode.y,
      ...mode.inputs,
      ...Object.values(mode.weights),
      ...moved.map((name) => mode.moved![name]),
    ];
    expect(names.length).toBe(results.length);
    const errors = names.map((name, i) => ({ name, error: relativeError(results[i], expected[i]) }));
    expect(errors.filter(({ error }) => !(error < 2e-5))).toEqual([]);
    expect(moved.length).toBe(training ? 2 : 0);
  });
});

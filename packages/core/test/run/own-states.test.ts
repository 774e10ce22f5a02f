import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { useBestBackend } from '@thawjs/backends';
import { afterEach, expect, test } from 'vitest';
import { Program, type State } from '../../src/program/ir';
import { constant } from '../../src/program/operations/sources';
import { assign } from '../../src/program/operations/updates';
import { opsOf } from '../../src/program/ops';
import { interpreted } from '../../src/run/interpret';
import { inSession } from '../../src/run/tensorflow/in-session';
import { nativeBackend } from '../../src/tfjs-internals/native-backend';

afterEach(() => tf.disposeVariables());

test.each(['native', 'cpu', 'a session'] as const)(
  'an own state begins as a copy of the first value of a variable, of a number, of another own state: %s',
  async (where) => {
    const { name } = await useBestBackend({ prefer: [where === 'cpu' ? 'cpu' : 'native'], log: () => {} });
    expect(name).toBe(where === 'cpu' ? 'cpu' : 'native');
    const variable = tf.variable(tf.tensor1d([1, 2]));
    const ofModel: State = { name: 'weight', sizes: [2], variable };
    const number: State = { name: 'number', sizes: [2], initial: 7 };
    const copies: State[] = [
      { name: 'of the variable', sizes: [2], initial: ofModel },
      { name: 'of the number', sizes: [2], initial: number },
    ];
    const chained: State[] = copies.map((initial) => ({ name: `copy ${initial.name}`, sizes: [2], initial }));
    const program = new Program();
    const ops = opsOf(program);
    const one = constant(program, [], { values: [1], sizes: [] });
    const states = [ofModel, number, ...copies, ...chained];
    const values = states.map((state) => program.read(state));
    const updates = [ofModel, number, ...copies].map((state) =>
      assign(program, state, ops.add(program.read(state), one)),
    );
    const entries = { step: { program, outputs: values, updates } };
    const prepared = where === 'a session' ? inSession(nativeBackend()!, entries) : interpreted(entries);
    const runs: number[][][] = [];
    for (let run = 0; run < 2; run++) {
      const outputs = await prepared.run('step', new Map());
      runs.push(outputs.map((output) => [...output.dataSync()]));
      tf.dispose(outputs);
    }
    prepared.dispose();
    const first = [
      [1, 2],
      [7, 7],
      [1, 2],
      [7, 7],
    ];
    expect(runs).toEqual([
      [...first, [1, 2], [7, 7]],
      [...first.map((numbers) => numbers.map((value) => value + 1)), [1, 2], [7, 7]],
    ]);
  },
);

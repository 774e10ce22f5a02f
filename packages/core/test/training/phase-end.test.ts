import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test } from 'vitest';
import {
  binaryCrossentropy,
  type Callback,
  classifier,
  earlyStopping,
  type FineTuneOptions,
  fineTune,
} from '../../src';
import { bytes, LABELS, tensorCount, tinyBackbone, tinyImages } from '../tiny';

const options: FineTuneOptions = {
  train: tinyImages(32, 1),
  validation: tinyImages(32, 2),
  batchSize: 16,
  head: { epochs: 4, learningRate: (progress) => (progress < 0.5 ? 0.05 : 50) },
  thaw: false,
  // Probabilities of 0 and 1 cost much then, so that the later epochs are worse.
  loss: binaryCrossentropy({ labelSmoothing: 0.3 }),
};

const tiny = () => classifier(tinyBackbone(), { labels: LABELS });

afterEach(() => tf.disposeVariables());

describe('a callback that throws at the phase’s end', () => {
  test('skips neither the others’ clean-up nor the restoring of the best weights', async () => {
    const model = tiny();
    const epochs: { loss: number; weights: Record<string, string> }[] = [];
    const heard: string[] = [];
    const look: Callback = {
      onEpochEnd: (row) => void epochs.push({ loss: row.val_loss, weights: bytes(model) }),
      onPhaseEnd: () => {
        throw new Error('the plot has no axes');
      },
      onNote: (text) => void heard.push(text),
    };
    const late: Callback = {
      onPhaseEnd: () => {
        throw new RangeError('the log is closed');
      },
    };
    const before = tensorCount();
    const run = fineTune(model, { ...options, callbacks: [look, late, earlyStopping({ patience: 9 })] });
    await expect(run).rejects.toThrow('the plot has no axes');
    const best = epochs.toSorted((a, b) => a.loss - b.loss)[0];
    expect(bytes(model)).not.toEqual(epochs.at(-1)?.weights);
    expect(bytes(model)).toEqual(best?.weights);
    expect(heard).toEqual([expect.stringContaining('RangeError: the log is closed')]);
    expect(tensorCount()).toBe(before);
  });

  test('does not hide what ended the phase', async () => {
    const model = tiny();
    const callbacks: Callback[] = [
      {
        onEpochEnd: () => {
          throw new RangeError('first');
        },
        onPhaseEnd: () => {
          throw new Error('second');
        },
      },
    ];
    await expect(fineTune(model, { ...options, callbacks })).rejects.toThrow(/^first$/);
  });

  test('nor an optimizer that throws when it is disposed keeps callbacks from ending', async () => {
    const ended: string[] = [];
    const optimizer = () => ({
      learningRate: 1,
      apply: () => {},
      dispose: () => {
        throw new Error('moments are gone');
      },
    });
    const run = fineTune(tiny(), {
      ...options,
      head: { epochs: 1, learningRate: 1, optimizer },
      callbacks: [{ onPhaseEnd: ({ name }) => void ended.push(name) }],
    });
    await expect(run).rejects.toThrow('moments are gone');
    expect(ended).toEqual(['head']);
  });
});

describe('an error while the signal is aborted', () => {
  const abortedWith = (reason: unknown, thrown: (signal: AbortSignal) => unknown) => {
    const controller = new AbortController();
    const callbacks: Callback[] = [
      {
        onBatchEnd: () => {
          controller.abort(reason);
          throw thrown(controller.signal);
        },
      },
    ];
    return fineTune(tiny(), { ...options, signal: controller.signal, callbacks });
  };

  test('that is a failure of its own is thrown', async () => {
    const run = abortedWith(undefined, () => new TypeError('x is not a function'));
    await expect(run).rejects.toThrow(TypeError);
  });

  test.each([
    ['the signal’s reason', 'stopped by hand', (signal: AbortSignal) => signal.reason],
    [
      'an AbortError of Node or a browser',
      undefined,
      () => new DOMException('The operation was aborted', 'AbortError'),
    ],
  ])('that is %s ends the run as interrupted', async (_, reason, thrown) => {
    const run = await abortedWith(reason, thrown);
    expect(run.interrupted).toBe(true);
  });
});

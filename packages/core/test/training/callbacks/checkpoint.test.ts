import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test } from 'vitest';
import { type Callback, checkpoint, classifier, fineTune, SavedModelError } from '../../../src';
import { LABELS, tinyBackbone, tinyImages } from '../../tiny';

afterEach(() => tf.disposeVariables());

describe('checkpoint', () => {
  /** A place that is full for the first saves. */
  function storeThatIsFull(times: number) {
    const saved: number[] = [];
    let tries = 0;
    const router = (url: string | string[]) => {
      if (url !== 'full://model') return null as unknown as tf.io.IOHandler;
      return {
        save: async () => {
          if (tries++ < times) throw new Error('ENOSPC: no space left on device');
          saved.push(tries);
          return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' as const } };
        },
      };
    };
    tf.io.registerSaveRouter(router);
    return saved;
  }

  test('goes on where the disk is full, says so, and tries again', async () => {
    const saved = storeThatIsFull(2);
    const notes: string[] = [];
    const improving = checkpoint('full://model', { monitor: 'epoch', mode: 'max' });
    const listening: Callback = { onNote: (text) => void notes.push(text) };
    const run = await fineTune(classifier(tinyBackbone(), { labels: LABELS }), {
      train: tinyImages(16, 1),
      head: { epochs: 3, learningRate: 0.01 },
      thaw: { epochs: 1, learningRate: 0.001 },
      callbacks: [improving, listening],
    });
    expect(run.history).toHaveLength(4);
    expect(saved).toEqual([3, 4]);
    expect(notes.filter((text) => text.includes('no checkpoint of epoch'))).toEqual([
      expect.stringMatching(/epoch 0, training goes on: .*full:\/\/model; ENOSPC: no space left on device/),
      expect.stringMatching(/epoch 1, training goes on/),
    ]);
  });

  test('a target that nothing can save to ends the run', async () => {
    const run = fineTune(classifier(tinyBackbone(), { labels: LABELS }), {
      train: tinyImages(16, 1),
      head: { epochs: 1, learningRate: 0.01 },
      thaw: false,
      callbacks: [checkpoint('nowhere://model', { monitor: 'loss' })],
    });
    await expect(run).rejects.toThrow(SavedModelError);
  });
});

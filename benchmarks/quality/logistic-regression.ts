import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Features } from '../../packages/core/src/index';

/**
 * scikit-learn's logistic regressions, one per label, with the C of each by cross-validation.
 *
 * @param features the features of the training and the test images.
 * @param y the labels of both.
 * @returns the probabilities of the test images, row-major.
 */
export function logisticRegression(
  features: readonly Features[],
  y: readonly Uint8Array[],
  labels: number,
): { data: Float32Array; seconds: number } {
  const folder = mkdtempSync(join(tmpdir(), 'thaw-peer-'));
  try {
    for (const [i, part] of ['train', 'test'].entries()) {
      writeFileSync(join(folder, `${part}.f32`), new Uint8Array(Float32Array.from(features[i].data).buffer));
      writeFileSync(join(folder, `${part}.u8`), y[i]);
    }
    const python = process.env.PYTHON ?? 'python3';
    const script = join(import.meta.dirname, 'logistic_regression.py');
    const seconds = Number(
      execFileSync(python, ['-B', script, folder, String(labels)], {
        encoding: 'utf8',
        // The problem of one label is so small that threads would only wait for each other.
        env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
      }),
    );
    return {
      data: new Float32Array(new Uint8Array(readFileSync(join(folder, 'scores.f32'))).buffer),
      seconds,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

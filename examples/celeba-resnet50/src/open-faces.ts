import { fileURLToPath } from 'node:url';
import { CelebA } from '@thawjs/datasets-celeba';
import type { ExampleOptions } from './options';
import { DRAWN_ATTRIBUTES, ensureSyntheticFaces } from './synthetic-faces';

/** The faces of a run and where they come from. */
export interface Faces {
  readonly all: CelebA;
  /** The data for the training. */
  readonly chosen: CelebA;
  readonly note: string;
  /** A folder, or a zip. */
  readonly path: string;
}

const SYNTHETIC = fileURLToPath(new URL('../data/synthetic-faces', import.meta.url));

/**
 * CelebA if a path is given, else synthetic faces, drawn once and read back through the same adapter.
 *
 * CelebA goes without Attractive, as in the original case, and without the rows whose images are not there, which the
 * note counts; of the synthetic set only the labels that are drawn.
 */
export async function openFaces(
  { data, limit, preset, seed }: Pick<ExampleOptions, 'data' | 'limit' | 'preset' | 'seed'>,
  log: (line: string) => void,
): Promise<Faces> {
  const path = data ?? SYNTHETIC;
  if (data === undefined) await drawFaces(log);
  const all = await CelebA.open(path, { images: 'skip' });
  const missing = (await CelebA.open(path, { images: 'ignore' })).length - all.length;
  const labelled = data === undefined ? all.only(...DRAWN_ATTRIBUTES) : all.without('Attractive');
  const balanced = preset === 'seed' && labelled.length > 3900 ? labelled.balanced(3900, { seed }) : labelled;
  const chosen = limit !== undefined && limit < balanced.length ? balanced.sample(limit, { seed }) : balanced;
  const origin = data === undefined ? 'synthetic faces (avataaars by Pablo Stanley)' : `CelebA at ${data}`;
  const leftOut =
    missing > 0 ? `; rows left out, as their images are not there: ${missing.toLocaleString('en')}` : '';
  const note = `${chosen.length} of ${origin}, ${chosen.labels.length} labels${leftOut}`;
  return { all, chosen, note, path };
}

async function drawFaces(log: (line: string) => void): Promise<void> {
  let shown = 0;
  await ensureSyntheticFaces(SYNTHETIC, {
    onProgress: ({ done, total }) => {
      if (done < shown + total / 4 && done < total) return;
      shown = done;
      log(`drawing synthetic faces: ${done} of ${total}`);
    },
  });
}

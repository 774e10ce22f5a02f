import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Attributes } from './attributes';
import { SyntheticFacesFolderError, SyntheticFacesOptionError } from './errors';
import { attributeFile, identityFile, imageName, partitionFile } from './label-files';
import { LICENCE } from './licence';
import { entriesOf, FILES, isComplete, MANIFEST, manifestOf, printManifest } from './manifest';
import { photograph } from './photograph';
import { planIdentities } from './plan-identities';
import { sampleConditions } from './sample-conditions';
import { sampleTraits } from './sample-traits';

export interface SyntheticFacesOptions {
  /** Images to draw, 1–999,999. Default 2000. */
  readonly count?: number;
  /** Persons to share them among, each with 1–8. Default: as many as their random sizes need, about count / 2.6. */
  readonly identities?: number;
  /** Seeds everything; an integer. Default 42. */
  readonly seed?: number;
  /** One JPEG quality for all, 1–100. Default: 60–95, another for each image. */
  readonly quality?: number;
  /** Called after each image. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/** Enough to keep Node's four pool threads busy while this one exposes pixels. */
const IN_FLIGHT = 6;

/**
 * Draws a data set of synthetic faces in CelebA's own layout: `img_align_celeba/000001.jpg` …, `list_attr_celeba.txt`,
 * `list_eval_partition.txt`, `identity_CelebA.txt`, and beside them `LICENCE.txt` and the manifest
 * `synthetic-faces.json`.
 *
 * The same options give the same bytes; image i does not depend on `count` (unless `identities` is set). Everything is
 * written next to `folder` first and renamed at the end, so `folder` is whole or not there. An older set of ours is
 * replaced, anything else is left alone.
 *
 * @throws {SyntheticFacesOptionError} for a count, seed, quality or number of identities out of range.
 * @throws {SyntheticFacesFolderError} when `folder` holds something else than synthetic faces.
 */
export async function writeSyntheticFaces(
  folder: string,
  options: SyntheticFacesOptions = {},
): Promise<void> {
  const manifest = manifestOf(options);
  const { count, seed } = manifest;
  checkRange('count', count, 1, 999_999);
  checkRange('seed', seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  if (manifest.quality !== null) checkRange('quality', manifest.quality, 1, 100);
  const plan = planIdentities(count, seed, options.identities);

  const target = resolve(folder);
  await checkReplaceable(target);
  await removeLeftovers(target);
  const partial = `${target}.partial-${process.pid}`;
  try {
    await mkdir(join(partial, FILES.images), { recursive: true });
    const rows: Attributes[] = new Array(count);
    let done = 0;
    await eachInFlight(count, async (image) => {
      const traits = sampleTraits(seed, plan[image].identity - 1, image);
      const conditions = sampleConditions(seed, image, traits.attributes.Blurry);
      const jpegQuality = manifest.quality ?? conditions.jpegQuality;
      await writeFile(
        join(partial, FILES.images, imageName(image)),
        await photograph(traits, { ...conditions, jpegQuality }),
      );
      rows[image] = traits.attributes;
      done++;
      options.onProgress?.({ done, total: count });
    });
    await writeFile(join(partial, FILES.attributes), attributeFile(rows));
    await writeFile(join(partial, FILES.partition), partitionFile(plan));
    await writeFile(join(partial, FILES.identity), identityFile(plan));
    await writeFile(join(partial, 'LICENCE.txt'), LICENCE);
    await writeFile(join(partial, MANIFEST), printManifest(manifest));
    await rm(target, { recursive: true, force: true });
    await rename(partial, target).catch(async (error: unknown) => {
      // Another process may have put the same set there in the meantime.
      if (!(await isComplete(target, options))) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

function checkRange(option: string, value: number, low: number, high: number): void {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  throw new SyntheticFacesOptionError(
    `writeSyntheticFaces: expected ${option} to be a whole number from ${low} to ${high}; received ${value}.`,
  );
}

async function checkReplaceable(target: string): Promise<void> {
  const entries = await entriesOf(target);
  if (entries.length === 0 || entries.includes(MANIFEST)) return;
  throw new SyntheticFacesFolderError(
    `writeSyntheticFaces: expected a folder that is new, empty or made by this generator (it would hold ${MANIFEST}); ` +
      `${target} holds ${entries.slice(0, 3).join(', ')}${entries.length > 3 ? ', …' : ''}. Name another folder.`,
  );
}

/** Partial sets of processes that were killed; those of living ones stay. */
async function removeLeftovers(target: string): Promise<void> {
  const prefix = `${basename(target)}.partial-`;
  for (const name of await entriesOf(dirname(target))) {
    if (!name.startsWith(prefix) || isAlive(Number(name.slice(prefix.length)))) continue;
    await rm(join(dirname(target), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Runs `work` for 0 … count − 1, some at a time; the first failure stops the rest. */
async function eachInFlight(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      try {
        await work(next++);
      } catch (error) {
        next = count;
        throw error;
      }
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: IN_FLIGHT }, worker));
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure) throw failure.reason;
}

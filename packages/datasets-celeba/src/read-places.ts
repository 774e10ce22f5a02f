import type { Limits } from '@thawjs/datasets';
import { AlignedImagesError, CelebANotFoundError } from './errors';
import type { LabelFile, LabelFiles } from './files/find-label-files';
import { readLabelText } from './files/read-label-text';
import { alignNumbers } from './labels/align-numbers';
import { parseCoordinates } from './labels/parse-coordinates';

/** Which places of faces are to be read, and of which images. */
export interface WantedPlaces {
  readonly ids: readonly string[];
  /** Whether the images are the aligned ones; those that are not opened are taken for these. */
  readonly aligned: boolean;
  readonly verify: boolean;
  readonly limits: Required<Limits>;
}

/**
 * Five landmarks per image (eyes, nose, corners of the mouth), x and y one after another.
 *
 * @throws {CelebANotFoundError} the file is not there
 */
export async function readLandmarks(files: LabelFiles, wanted: WantedPlaces): Promise<Float32Array> {
  return wanted.aligned
    ? read(files.landmarks, 'list_landmarks_align_celeba', 10, wanted)
    : read(files.wildLandmarks, 'list_landmarks_celeba', 10, wanted);
}

/**
 * The box around the face of every image in the wild: left, top, width, height.
 *
 * @throws {AlignedImagesError} the images are the aligned ones, which the boxes are not of
 * @throws {CelebANotFoundError} the file is not there
 */
export async function readBoxes(files: LabelFiles, wanted: WantedPlaces): Promise<Float32Array> {
  if (wanted.aligned) {
    throw new AlignedImagesError(
      'CelebA.open: list_bbox_celeba has boxes in the images in the wild (img_celeba), of many sizes; the aligned images (img_align_celeba, 178×218) were cut out of those and turned, so that the boxes would show something else. Leave boxes out, or put img_celeba there.',
    );
  }
  return read(files.boxes, 'list_bbox_celeba', 4, wanted);
}

async function read(
  file: LabelFile | undefined,
  name: string,
  width: number,
  { ids, ...reading }: WantedPlaces,
): Promise<Float32Array> {
  if (!file) {
    throw new CelebANotFoundError(
      `CelebA.open: found no ${name}.txt, .txt.gz, .csv or .csv.gz. Put it beside list_attr_celeba.txt, or do without it.`,
    );
  }
  const text = (await readLabelText(file, reading)).toString('utf8');
  return alignNumbers(ids, parseCoordinates(text, file.name, width), file.name);
}

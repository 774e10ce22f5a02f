/** The text files of the data set; all but the first may be absent. */
export interface LabelFiles {
  readonly attributes: LabelFile | undefined;
  readonly partition: LabelFile | undefined;
  readonly identity: LabelFile | undefined;
  /** The file of the aligned images. */
  readonly landmarks: LabelFile | undefined;
  /** Landmarks and boxes of the images in the wild. */
  readonly wildLandmarks: LabelFile | undefined;
  readonly boxes: LabelFile | undefined;
}

const STEMS = {
  attributes: 'list_attr_celeba',
  partition: 'list_eval_partition',
  identity: 'identity_CelebA',
  landmarks: 'list_landmarks_align_celeba',
  wildLandmarks: 'list_landmarks_celeba',
  boxes: 'list_bbox_celeba',
} as const;

const ENDINGS = ['.txt', '.txt.gz', '.csv', '.csv.gz'];

/** CelebAMask-HQ's file of attributes, in the form of `list_attr_celeba.txt`. */
const HQ_ATTRIBUTES = 'CelebAMask-HQ-attribute-anno.txt';

/** Whether a file is one of the label files, by its name. */
export function isLabelFile(name: string): boolean {
  return (
    name === HQ_ATTRIBUTES ||
    Object.values(STEMS).some((stem) => ENDINGS.some((ending) => name === stem + ending))
  );
}

/** A place that may hold label files: gives the function that reads a file of a given name; undefined if there is none. */
export type Place = (name: string) => LabelFile | undefined;

/** Looks in the places one after the other: for each file first as plain text, then gzipped, then as csv. */
export function findLabelFiles(places: readonly Place[]): LabelFiles {
  const find = (stem: string): LabelFile | undefined => {
    for (const place of places) {
      for (const ending of ENDINGS) {
        const found = place(stem + ending);
        if (found) return found;
      }
    }
    return undefined;
  };
  return {
    attributes: find(STEMS.attributes) ?? places.map((place) => place(HQ_ATTRIBUTES)).find(Boolean),
    partition: find(STEMS.partition),
    identity: find(STEMS.identity),
    landmarks: find(STEMS.landmarks),
    wildLandmarks: find(STEMS.wildLandmarks),
    boxes: find(STEMS.boxes),
  };
}

/** A text file of the data set, found but not read yet. */
export interface LabelFile {
  /** Its name, as `list_attr_celeba.txt.gz`. */
  readonly name: string;
  /** Its bytes, not inflated. */
  readonly read: () => Promise<Uint8Array>;
}

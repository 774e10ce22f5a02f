import { open } from 'node:fs/promises';
import {
  type ImageDataset,
  openArrow,
  openCoco,
  openCsv,
  openCvat,
  openImageFolder,
  openJsonLines,
  openLabelStudio,
  openParquet,
  openVia,
  openVoc,
  openWebDataset,
  openXlsx,
  openYolo,
  type TableColumns,
} from '@thawjs/datasets';
import { CelebA } from '@thawjs/datasets-celeba';
import { UsageError } from '../errors';
import { IMAGE_FILE } from '../runs/image-files';
import type { DataOptions } from './data-options';

/** The paths to open: the label file or folder, and the folders of images that belong to it. */
export interface DataPlace {
  /** Several paths if the form has shards. */
  readonly paths: readonly string[];
  /** Folders of images. */
  readonly roots: readonly string[];
  /** Set if labels are opened without images. */
  readonly labelsAlone: boolean;
}

type Open = (place: DataPlace, options: DataOptions) => Promise<ImageDataset>;

/** The name of a form of data. */
export type DataForm =
  | 'celeba'
  | 'csv'
  | 'xlsx'
  | 'jsonl'
  | 'parquet'
  | 'arrow'
  | 'folder'
  | 'coco'
  | 'label-studio'
  | 'cvat'
  | 'via'
  | 'voc'
  | 'yolo'
  | 'webdataset';

/** The forms of data by name, with a function that opens each. */
export const DATA_FORMS: Readonly<Record<DataForm, Open>> = {
  celeba: ({ paths, labelsAlone }, { onProblem }) =>
    CelebA.open(paths[0], { images: labelsAlone ? 'ignore' : onProblem === 'skip' ? 'skip' : 'require' }),
  csv: (place, options) => openCsv(place.paths[0], { ...table(options), ...beside(place) }),
  xlsx: (place, options) => {
    const { encoding: _, ...columns } = table(options);
    return openXlsx(place.paths[0], { ...columns, sheet: options.sheet, ...beside(place) });
  },
  jsonl: (place, options) => openJsonLines(place.paths[0], { ...table(options), ...beside(place) }),
  parquet: (place, options) => {
    const { encoding: _, ...columns } = table(options);
    return openParquet(place.paths, { ...columns, ...beside(place) });
  },
  arrow: (place, options) => {
    const { encoding: _, ...columns } = table(options);
    const [first, ...more] = place.paths;
    return openArrow(more.length > 0 ? place.paths : first, { ...columns, ...alone(place) });
  },
  folder: (place, options) => {
    const { image: _, ...columns } = table(options);
    const unlabelled = options.onProblem === 'skip' ? 'skip' : 'refuse';
    return openImageFolder(place.paths[0], { ...columns, unlabelled, ...alone(place) });
  },
  coco: (place, options) => openCoco(place.paths[0], { ...problems(options), ...beside(place) }),
  'label-studio': (place, options) =>
    openLabelStudio(place.paths[0], { ...problems(options), ...beside(place) }),
  cvat: (place, options) => openCvat(place.paths[0], { ...problems(options), ...beside(place) }),
  via: (place, options) => openVia(place.paths[0], { ...problems(options), ...beside(place) }),
  voc: (place, options) => openVoc(place.paths[0], { ...problems(options), ...alone(place) }),
  yolo: (place, options) => openYolo(place.paths[0], { ...problems(options), ...alone(place) }),
  webdataset: (place, { tags }) =>
    openWebDataset(place.paths, { ...(tags !== undefined && { labels: { column: tags } }), ...alone(place) }),
};

/**
 * Names of files that hold the labels of all images. Config files of programs and Excel's lock files (`~$…`) don't
 * match.
 */
export const LABEL_FILE =
  /^(?!thaw\.config|package|tsconfig|~\$).*\.(csv|tsv|xlsx|jsonl|ndjson|json|parquet|arrow|feather)(\.gz)?$/i;

const BY_EXTENSION: readonly (readonly [RegExp, DataForm])[] = [
  [/\.(csv|tsv)(\.gz)?$/i, 'csv'],
  [/\.(jsonl|ndjson)(\.gz)?$/i, 'jsonl'],
  [/\.xlsx$/i, 'xlsx'],
  [/\.parquet$/i, 'parquet'],
  [/\.(arrow|feather)$/i, 'arrow'],
  [/\.tar$/i, 'webdataset'],
  [/\.xml$/i, 'cvat'],
];

/** VIA's project, or its export: an object of objects that have file names. */
const VIA = /^\{\s*(?:"_via_|"[^"]*"\s*:\s*\{\s*"(?:filename|fileref)"\s*:)/;

/**
 * The form of a file, by its name and, for JSON, by its beginning: Label Studio's export is a list, COCO and VIA are
 * objects.
 */
export async function formOfFile(path: string): Promise<DataForm> {
  if (IMAGE_FILE.test(path)) {
    throw new UsageError(
      `expected a label file or a folder; received the image ${path}. Name the folder that it lies in, and the label file.`,
    );
  }
  if (/\.json$/i.test(path)) {
    const start = await beginning(path);
    return start.startsWith('[') ? 'label-studio' : VIA.test(start) ? 'via' : 'coco';
  }
  if (/\.json\.gz$/i.test(path)) return 'coco';
  return BY_EXTENSION.find(([name]) => name.test(path))?.[1] ?? 'celeba';
}

async function beginning(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1024), 0, 1024, 0);
    return buffer
      .toString('utf8', 0, bytesRead)
      .replace(/^\uFEFF/, '')
      .trimStart();
  } finally {
    await file.close();
  }
}

/** The form of a folder, by the names in it; undefined if the folder must be opened to know it. */
export function formOfFolder(names: readonly string[]): DataForm | undefined {
  if (names.some((name) => /^data\.ya?ml$/i.test(name))) return 'yolo';
  if (names.includes('Annotations')) return 'voc';
  if (names.some((name) => /\.tar$/i.test(name))) return 'webdataset';
  // the output of Hugging Face's save_to_disk
  if (names.some((name) => /^dataset_dict\.json$|\.arrow$/i.test(name))) return 'arrow';
  if (names.some((name) => /^(metadata\.(csv|jsonl)|_classes\.csv)$/i.test(name))) return 'folder';
  return undefined;
}

function table({
  image,
  columns,
  tags,
  delimiter,
  names,
  after,
  confidence,
  missing,
  group,
  split,
  values,
  encoding,
  repeated,
  onProblem,
}: DataOptions) {
  const labels =
    tags === undefined ? columns : { column: tags, delimiter, names, after, confidence, missing };
  return {
    image,
    labels,
    group,
    split,
    values: values as TableColumns['values'],
    encoding,
    repeated,
    onProblem,
  };
}

function problems({ encoding, onProblem }: DataOptions) {
  return { ...(encoding !== undefined && { encoding }), ...(onProblem && { onProblem }) };
}

function alone({ labelsAlone }: DataPlace): { images?: 'ignore' } {
  return labelsAlone ? { images: 'ignore' } : {};
}

function beside(place: DataPlace): { root?: readonly string[]; images?: 'ignore' } {
  return { ...(place.roots.length > 0 && { root: place.roots }), ...alone(place) };
}

/** The parts of COCO's format that are read; LVIS adds `neg_category_ids`. Panoptic segments are annotations of their own. */
export interface Coco {
  readonly images: readonly {
    readonly id: number | string;
    readonly file_name: string;
    readonly coco_url?: string;
    readonly neg_category_ids?: readonly number[];
  }[];
  readonly categories: readonly {
    readonly id: number;
    readonly name: string;
    readonly supercategory?: string;
  }[];
  readonly annotations: readonly {
    readonly image_id: number | string;
    readonly category_id: number;
    readonly iscrowd?: number;
  }[];
}

type Annotation = Coco['annotations'][number] & {
  readonly segments_info?: readonly Omit<Coco['annotations'][number], 'image_id'>[];
};

/** Parses the JSON and checks its shape. `fail` gets a description of the problem. */
export function checkCoco(text: string, fail: (problem: string) => never): Coco {
  const coco = parsed(text, fail) as Partial<Coco> | null;
  for (const list of ['images', 'categories', 'annotations'] as const) {
    if (!Array.isArray(coco?.[list]))
      fail(`expected a list of ${list}; found none. Make rows of another tool's JSON: openRows(rows)`);
    const wrong = coco[list].findIndex((entry: unknown) => typeof entry !== 'object' || entry === null);
    if (wrong !== -1) fail(`expected ${list} as objects; entry ${wrong} is none`);
  }
  const { images, categories } = coco as Coco;
  images.forEach((image, i) => {
    // LVIS has the address alone, and the file is called as its last part
    const { id, file_name = fileOf(image) } = image;
    if (!isId(id) || typeof file_name !== 'string' || file_name === '')
      fail(`image ${i} has no id or no file_name`);
    if (typeof (image.coco_url ?? '') !== 'string') fail(`image ${i}: expected coco_url as text`);
    if (!isNumbers(image.neg_category_ids)) fail(`image ${i}: expected neg_category_ids as numbers`);
  });
  categories.forEach(({ id, name }, i) => {
    if (!isId(id) || typeof name !== 'string') fail(`category ${i} has no id or no name`);
  });
  const annotations = (coco as Coco).annotations.flatMap((annotation: Annotation, i) => {
    const { segments_info: segments, image_id } = annotation;
    if (segments === undefined) return [annotation];
    if (!Array.isArray(segments) || segments.some((one) => typeof one !== 'object' || one === null))
      return fail(`annotation ${i}: expected segments_info as a list of objects`);
    return segments.map((segment) => ({ ...segment, image_id }));
  });
  return {
    ...(coco as Coco),
    annotations,
    images: images.map((image) => ({
      ...image,
      file_name: image.file_name ?? fileOf(image)!,
    })),
  };
}

/** The last part of an image's address; undefined if it has none. */
function fileOf({ coco_url }: { readonly coco_url?: unknown }): string | undefined {
  return typeof coco_url === 'string' ? coco_url.split('/').at(-1) : undefined;
}

function parsed(text: string, fail: (problem: string) => never): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return fail(`expected JSON (${(error as Error).message.slice(0, 120)})`);
  }
}

function isId(id: unknown): boolean {
  return typeof id === 'number' || typeof id === 'string';
}

function isNumbers(list: unknown): boolean {
  return list === undefined || (Array.isArray(list) && list.every((value) => typeof value === 'number'));
}

import type { LabelTable } from './label-table';

/** The part of COCO's format that labels of whole images need. */
export interface CocoLabels {
  readonly images: readonly {
    readonly id: number;
    readonly file_name: string;
    readonly width: number;
    readonly height: number;
    /** As in LVIS: the categories that the image doesn't have. All others without annotation aren't decided. */
    readonly neg_category_ids?: readonly number[];
  }[];
  readonly categories: readonly { readonly id: number; readonly name: string }[];
  readonly annotations: readonly {
    readonly id: number;
    readonly image_id: number;
    readonly category_id: number;
    readonly bbox: readonly [x: number, y: number, width: number, height: number];
    readonly area: number;
    readonly iscrowd: 0;
  }[];
}

/**
 * Annotations in COCO's format: one box around the whole image per label. If labels aren't decided, each image lists the
 * categories that it doesn't have, as in LVIS, so that "no" and "not decided" differ. `openCoco` of Thaw reads both.
 *
 * @param sizes width and height per row
 */
export function labelsToCoco(
  { labels, rows }: LabelTable,
  sizes: readonly { readonly width: number; readonly height: number }[],
): CocoLabels {
  const undecided = rows.some(({ values }) => values.includes(undefined));
  const annotations = rows.flatMap(({ values }, row) =>
    values.flatMap((value, column) => (value === 1 ? [{ row, column }] : [])),
  );
  const sizeOf = (row: number) => ({ width: sizes[row]?.width ?? 0, height: sizes[row]?.height ?? 0 });
  return {
    images: rows.map(({ image, values }, row) => ({
      id: row + 1,
      file_name: image,
      ...sizeOf(row),
      ...(undecided && {
        neg_category_ids: values.flatMap((value, column) => (value === 0 ? [column + 1] : [])),
      }),
    })),
    categories: labels.map((name, column) => ({ id: column + 1, name })),
    annotations: annotations.map(({ row, column }, i) => {
      const { width, height } = sizeOf(row);
      return {
        id: i + 1,
        image_id: row + 1,
        category_id: column + 1,
        bbox: [0, 0, width, height],
        area: width * height,
        iscrowd: 0,
      };
    }),
  };
}

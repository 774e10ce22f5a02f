import { type Interpolation, resizeShares } from '../../layers/resize-shares';
import type { Program, Value } from '../../program/ir';
import { preciseDense } from '../../program/operations/dense';
import { reshape, slice, transpose } from '../../program/operations/shape';
import { constant } from '../../program/operations/sources';
import type { LayerTranslation } from './layer-translation';

interface ResizingConfig {
  readonly height: number;
  readonly width: number;
  readonly interpolation?: Interpolation;
}

/** Resizing of maps of known size: for each axis, a product with the shares of the old pixels. */
export const resizing: LayerTranslation = (layer, { inputs: [image] }, builder) => {
  const { height, width, interpolation = 'bilinear' } = layer.getConfig() as ResizingConfig;
  if (!image.shape.slice(1).every(Number.isInteger)) return undefined;
  const { program } = builder;
  return {
    emit() {
      const rowsLast = transpose(program, [builder.value(image)], { order: [0, 2, 3, 1] });
      const tall = resizedLast(program, rowsLast, height, interpolation);
      const columnsLast = transpose(program, [tall], { order: [0, 3, 2, 1] });
      const wide = resizedLast(program, columnsLast, width, interpolation);
      return transpose(program, [wide], { order: [0, 1, 3, 2] });
    },
  };
};

/** An array with its last axis resized. */
function resizedLast(program: Program, x: Value, to: number, interpolation: Interpolation): Value {
  const [images, ...sizes] = x.sizes;
  const from = Number(sizes.at(-1));
  const shares = constant(program, [], {
    values: [...resizeShares(from, to, interpolation)],
    sizes: [to, from],
  });
  const kernel = transpose(program, [shares], { order: [1, 0] });
  const flat = reshape(program, [x], { sizes: [null, from] });
  return reshape(program, [preciseDense(program, [flat, kernel], {})], {
    sizes: [images, ...sizes.slice(0, -1), to],
  });
}

/** CenterCrop of maps of known size. */
export const centerCrop: LayerTranslation = (layer, { inputs: [image] }, builder) => {
  const { height, width } = layer.getConfig() as ResizingConfig;
  const [, rows, columns, channels] = image.shape;
  if (!Number.isInteger(rows) || !Number.isInteger(columns)) return undefined;
  const begin = [0, Math.floor((Number(rows) - height) / 2), Math.floor((Number(columns) - width) / 2), 0];
  return {
    emit: () =>
      slice(builder.program, [builder.value(image)], { begin, sizes: [null, height, width, channels] }),
  };
};

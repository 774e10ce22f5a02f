import { pad, slice } from '../../program/operations/shape';
import type { PaddedPixels } from '../../program/operations/window';
import type { LayerTranslation } from './layer-translation';

type Sides = readonly [before: number, after: number];

/** ZeroPadding2D. A convolution behind it absorbs the padding. */
export const zeroPadding: LayerTranslation = (layer, { inputs: [image] }, builder) => {
  const { padding, dataFormat } = layer.getConfig() as unknown as {
    padding: readonly [rows: Sides, columns: Sides];
    dataFormat: string;
  };
  if (dataFormat === 'channelsFirst') return undefined;
  const [rows, columns] = padding;
  const value = builder.value(image);
  const pixels: PaddedPixels = [...rows, ...columns];
  return {
    emit: () => pad(builder.program, [value], { zeros: [NONE, rows, columns, NONE] }),
    unpadded: { value, padding: pixels },
  };
};

/** ZeroPaddingChannels. */
export const channelPadding: LayerTranslation = (layer, { inputs: [image] }, builder) => {
  const { channels } = layer.getConfig() as { channels: number };
  const zeros = [NONE, NONE, NONE, [0, channels] as const];
  return { emit: () => pad(builder.program, [builder.value(image)], { zeros }) };
};

/** Cropping2D. */
export const cropping: LayerTranslation = (layer, { inputs: [image] }, builder) => {
  const { cropping, dataFormat } = layer.getConfig() as unknown as {
    cropping: readonly [rows: Sides, columns: Sides];
    dataFormat: string;
  };
  if (dataFormat === 'channelsFirst') return undefined;
  const [[top, bottom], [left, right]] = cropping;
  return {
    emit() {
      const x = builder.value(image);
      const [, height, width, channels] = x.sizes.map(Number);
      const sizes = [null, height - top - bottom, width - left - right, channels];
      return slice(builder.program, [x], { begin: [0, top, left, 0], sizes });
    },
  };
};

const NONE: Sides = [0, 0];

import type { ZeroPaddingChannels } from '../../backbones/zero-padding-channels';
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
  const zeros = [NONE, NONE, NONE, [0, (layer as unknown as ZeroPaddingChannels).channels] as const];
  return { emit: () => pad(builder.program, [builder.value(image)], { zeros }) };
};

/** Cropping2D. */
export const cropping: LayerTranslation = (layer, { inputs: [image], outputs: [output] }, builder) => {
  const { cropping, dataFormat } = layer.getConfig() as unknown as {
    cropping: readonly [rows: Sides, columns: Sides];
    dataFormat: string;
  };
  if (dataFormat === 'channelsFirst') return undefined;
  const [[top], [left]] = cropping;
  const sizes = [null, ...output.shape.slice(1)];
  return {
    emit: () => slice(builder.program, [builder.value(image)], { begin: [0, top, left, 0], sizes }),
  };
};

const NONE: Sides = [0, 0];

import { backend_util } from '@tensorflow/tfjs-core';

/** What convolutions and poolings are by definition, as loops over every product. */

export type Shape = readonly [number, number, number, number];
export type Pad = 'same' | 'valid' | number | backend_util.ExplicitPadding;

export interface Window {
  readonly strides: readonly [number, number];
  readonly pad: Pad;
  readonly dilations: readonly [number, number];
}

interface Numbers {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Offsets (of the first channel) of a pixel of the input and a pixel of the output that a place of the filter joins. */
type Tap = (input: number, output: number, place: number) => void;

interface Geometry {
  readonly output: Shape;
  /** For each output pixel in turn, for each place of the filter that does not lie on padding. */
  eachTap(visit: Tap): void;
}

/** Output and taps of a window that moves over [n, height, width, channels]. */
function geometry(input: Shape, size: readonly [number, number], filters: number, window: Window): Geometry {
  const [batch, height, width, channels] = input;
  const info = backend_util.computePool2DInfo(
    input as [number, number, number, number],
    size as [number, number],
    window.strides as [number, number],
    window.dilations as [number, number],
    window.pad,
    'floor',
  );
  const output: Shape = [batch, info.outHeight, info.outWidth, filters];
  const eachTap = (visit: Tap) => {
    let pixel = 0;
    for (let n = 0; n < batch; n++) {
      for (let row = 0; row < info.outHeight; row++) {
        for (let column = 0; column < info.outWidth; column++, pixel++) {
          for (let place = 0; place < size[0] * size[1]; place++) {
            const down = Math.floor(place / size[1]) * window.dilations[0];
            const y = row * window.strides[0] - info.padInfo.top + down;
            const x =
              column * window.strides[1] - info.padInfo.left + (place % size[1]) * window.dilations[1];
            if (y < 0 || y >= height || x < 0 || x >= width) continue;
            visit(((n * height + y) * width + x) * channels, pixel * filters, place);
          }
        }
      }
    }
  };
  return { output, eachTap };
}

const zeros = (shape: readonly number[]) =>
  new Float32Array(shape.reduce((size, length) => size * length, 1));

/** Every product of a convolution: `visit` gets where its input, its output and its weight lie. */
function eachProduct(
  input: Shape,
  filter: Shape,
  window: Window,
  isDepthwise: boolean,
  visit: (input: number, output: number, weight: number) => void,
): Shape {
  const [height, width, channels, last] = filter;
  const filters = isDepthwise ? channels * last : last;
  const { output, eachTap } = geometry(input, [height, width], filters, window);
  eachTap((from, to, place) => {
    for (let i = 0; i < channels; i++) {
      for (let o = 0; o < last; o++) {
        visit(from + i, to + (isDepthwise ? i * last + o : o), (place * channels + i) * last + o);
      }
    }
  });
  return output;
}

export function outputShape(input: Shape, filter: Shape, window: Window, isDepthwise: boolean): Shape {
  const [height, width, channels, last] = filter;
  return geometry(input, [height, width], isDepthwise ? channels * last : last, window).output;
}

export function pooledShape(input: Shape, size: readonly [number, number], window: Window): Shape {
  return geometry(input, size, input[3], window).output;
}

export function convolution(x: Numbers, filter: Numbers, window: Window, isDepthwise: boolean): Float32Array {
  const shapes = [x.shape as Shape, filter.shape as Shape] as const;
  const y = zeros(outputShape(...shapes, window, isDepthwise));
  eachProduct(...shapes, window, isDepthwise, (i, o, w) => {
    y[o] += x.values[i] * filter.values[w];
  });
  return y;
}

export function convolutionToInput(
  dy: Numbers,
  filter: Numbers,
  input: Shape,
  window: Window,
  isDepthwise: boolean,
): Float32Array {
  const dx = zeros(input);
  eachProduct(input, filter.shape as Shape, window, isDepthwise, (i, o, w) => {
    dx[i] += dy.values[o] * filter.values[w];
  });
  return dx;
}

export function convolutionToFilter(
  x: Numbers,
  dy: Numbers,
  filter: Shape,
  window: Window,
  isDepthwise: boolean,
): Float32Array {
  const gradient = zeros(filter);
  eachProduct(x.shape as Shape, filter, window, isDepthwise, (i, o, w) => {
    gradient[w] += x.values[i] * dy.values[o];
  });
  return gradient;
}

/** The pixels that each output number is pooled from, padding left out. */
function pooled(input: Shape, size: readonly [number, number], window: Window): number[][] {
  const channels = input[3];
  const { output, eachTap } = geometry(input, size, channels, window);
  const pixels: number[][] = Array.from(zeros(output), () => []);
  eachTap((from, to) => {
    for (let c = 0; c < channels; c++) pixels[to + c].push(from + c);
  });
  return pixels;
}

export function pooling(
  kind: 'max' | 'average',
  x: Numbers,
  size: readonly [number, number],
  window: Window,
): Float32Array {
  const values = pooled(x.shape as Shape, size, window).map((pixels) => pixels.map((at) => x.values[at]));
  const mean = (numbers: number[]) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  return Float32Array.from(values, (numbers) => (kind === 'max' ? Math.max(...numbers) : mean(numbers)));
}

/** To the first pixel that holds the maximum; to all pixels alike where the mean is taken. */
export function poolingToInput(
  kind: 'max' | 'average',
  x: Numbers,
  dy: Numbers,
  size: readonly [number, number],
  window: Window,
): Float32Array {
  const dx = zeros(x.shape);
  for (const [output, pixels] of pooled(x.shape as Shape, size, window).entries()) {
    const most = Math.max(...pixels.map((at) => x.values[at]));
    const to = kind === 'max' ? [pixels.find((at) => x.values[at] === most)!] : pixels;
    for (const at of to) dx[at] += dy.values[output] / to.length;
  }
  return dx;
}

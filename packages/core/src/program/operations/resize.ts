import { type OperationKind, operation, type Program, type Value } from '../ir';
import { FLOAT } from '../node-writer';
import { broadcastTo } from './broadcasting';
import { runKernel } from './run-kernel';
import { reshape } from './shape';

interface ResizeAttributes {
  readonly size: readonly [height: number, width: number];
}

/**
 * Maps [n, h, w, c] with each pixel repeated `down` times along the height and `across` times along the width.
 *
 * Reshapes and broadcasts do it, because TensorFlow.js' gradient of nearest-neighbour resizing is wrong on the cpu
 * backend (4.22, at a factor of 3).
 */
export function repeatPixels(program: Program, x: Value, [down, across]: readonly [number, number]): Value {
  const [images, height, width, channels] = x.sizes;
  const [h, w, c] = [height, width, channels].map(Number);
  const repeated = (value: Value, places: number, factor: number, size: number) => {
    const apart = reshape(program, [value], { sizes: [images, places, 1, size] });
    return broadcastTo(program, [apart, apart], { sizes: [images, places, factor, size] });
  };
  const rows = repeated(x, h, down, w * c);
  const pixels = repeated(rows, h * down * w, across, c);
  return reshape(program, [pixels], { sizes: [images, h * down, w * across, c] });
}

const TENSORFLOW = { ...FLOAT, align_corners: { b: false }, half_pixel_centers: { b: false } } as const;

/** Maps [n, h, w, c] resized to another height and width by bilinear interpolation, as TensorFlow.js' layers do. */
const bilinearKind: OperationKind<ResizeAttributes> = {
  name: 'ResizeBilinear',
  sizes: ([{ sizes }], { size }) => [[sizes[0], ...size, sizes[3]]],
  run: ([images], { size }) => [
    runKernel(
      'ResizeBilinear',
      { images },
      { alignCorners: false, halfPixelCenters: false, size: [...size] },
    ),
  ],
  write: (writer, [images], { size }) => [
    writer.node('ResizeBilinear', [images, writer.ints(size)], TENSORFLOW),
  ],
  gradient: (program, { inputs: [x] }, [dy]) => [bilinearGradient(program, [dy!, x], {})],
};

export const resizeBilinear = operation(bilinearKind);

/** Inputs: the gradient of the result, and the images, of which only the sizes are read. */
const bilinearGradientKind: OperationKind<object> = {
  name: 'ResizeBilinearGradient',
  sizes: ([, x]) => [x.sizes],
  run: ([dy, images]) => [runKernel('ResizeBilinearGrad', { dy, images }, { alignCorners: false })],
  write: (writer, inputs) => [writer.node('ResizeBilinearGrad', inputs, TENSORFLOW)],
};

const bilinearGradient = operation(bilinearGradientKind);

import type { Program, Value } from '../ir';
import { pad, reshape, slice } from './shape';

/**
 * A dilated kernel: the kernel with zeros between its places. A plain convolution with it equals a dilated convolution,
 * which neither TensorFlow.js' gradients nor TensorFlow's depthwise convolution support.
 */
export function dilated(program: Program, kernel: Value, [down, across]: readonly [number, number]): Value {
  if (down === 1 && across === 1) return kernel;
  const [height, width, channels, filters] = kernel.sizes.map(Number);
  const rows = spread(program, kernel, [1, height, width * channels * filters], down);
  const tall = (height - 1) * down + 1;
  const places = spread(program, rows, [tall, width, channels * filters], across);
  const wide = (width - 1) * across + 1;
  return reshape(program, [places], { sizes: [tall, wide, channels, filters] });
}

/** Puts `rate − 1` zeros between the places of the middle axis. */
function spread(program: Program, x: Value, [before, places, after]: readonly number[], rate: number): Value {
  const apart = reshape(program, [x], { sizes: [before, places, 1, after] });
  const none = [0, 0] as const;
  const padded = pad(program, [apart], { zeros: [none, none, [0, rate - 1], none] });
  const flat = reshape(program, [padded], { sizes: [before, places * rate, after] });
  return slice(program, [flat], { begin: [0, 0, 0], sizes: [before, (places - 1) * rate + 1, after] });
}

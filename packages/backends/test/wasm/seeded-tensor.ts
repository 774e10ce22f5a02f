import { type Tensor, tensor } from '@tensorflow/tfjs-core';

/** A tensor of numbers between -1 and 1 that depend on the seed alone (mulberry32). */
export function seededTensor(shape: number[], seed: number): Tensor {
  let state = seed * 0x9e3779b9;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
  const size = shape.reduce((product, length) => product * length, 1);
  return tensor(Float32Array.from({ length: size }, next), shape);
}

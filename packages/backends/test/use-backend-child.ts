import * as tf from '@tensorflow/tfjs-core';
import { type BackendName, useBestBackend } from '../src/index';

// A program of its own, to see all that it writes: takes a backend and computes a convolution on it.
useBestBackend({ prefer: [process.argv[2] as BackendName], wasmPath: process.env.WASM_PATH }).then(() => {
  const y = tf.conv2d(tf.ones([1, 4, 4, 1]) as tf.Tensor4D, tf.ones([3, 3, 1, 1]) as tf.Tensor4D, 1, 'valid');
  console.log(y.dataSync()[0]);
});

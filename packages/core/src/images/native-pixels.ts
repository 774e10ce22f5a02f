import * as tf from '@tensorflow/tfjs-core';
import type { HeldPixels } from '../labelled-images';

/** What `NativePixels` decodes and reads with. */
export interface NativePixelsSource {
  /** Decodes the images into a float32 tensor of whole numbers from 0 to 255. */
  decode(): tf.Tensor4D;
  /** Reads such a tensor as bytes. */
  read(tensor: tf.Tensor4D): Uint8Array;
}

/**
 * The pixels of decoded images in TensorFlow's memory. A network takes the tensor itself; a copy in JavaScript is made
 * only if someone reads it.
 */
export class NativePixels implements HeldPixels {
  #tensor: tf.Tensor4D | undefined;

  /** Decodes the images. */
  constructor(private readonly source: NativePixelsSource) {
    this.#tensor = tf.keep(source.decode());
  }

  /** The tensor, which `release` disposes; undefined after that. */
  get tensor(): tf.Tensor4D | undefined {
    return this.#tensor;
  }

  read(): Uint8Array {
    if (this.#tensor) return this.source.read(this.#tensor);
    // A batch may be read after its turn, by code that collects batches. Its images are then decoded again.
    const again = this.source.decode();
    try {
      return this.source.read(again);
    } finally {
      again.dispose();
    }
  }

  release(): void {
    this.#tensor?.dispose();
    this.#tensor = undefined;
  }
}

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { WeightsFileError } from '../../src';
import { checkGlobalHeaps } from '../../src/weights/check-global-heaps';
import { openHdf5 } from '../../src/weights/hdf5';

const formats = fileURLToPath(new URL('../fixtures/formats/', import.meta.url));
const files = readdirSync(formats).filter((name) => name.endsWith('.h5'));
const file = () => new Uint8Array(readFileSync(`${formats}keras3.weights.h5`));

/** Where the first global heap of a file begins. */
const heapOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer).indexOf('GCOL');

test.each(files)('%s of Keras is as it should be', (name) => {
  expect(() => checkGlobalHeaps(readFileSync(`${formats}${name}`), name)).not.toThrow();
});

test('an object of free space without a size is refused, in which the HDF5 library would stay for ever', async () => {
  const bytes = file();
  const first = heapOf(bytes) + 16;
  const size = Number(new DataView(bytes.buffer).getBigUint64(first + 8, true));
  // The second object.
  const second = first + 16 + 8 * Math.ceil(size / 8);
  bytes.fill(0, second, second + 16);
  await expect(openHdf5(bytes, 'a.h5')).rejects.toThrow(WeightsFileError);
  await expect(openHdf5(bytes, 'a.h5')).rejects.toThrow(
    new RegExp(`^a\\.h5: expected texts of \\d+ bytes .*; the one at byte ${second} has 0 bytes`),
  );
});

test('an object that ends behind its heap is refused', () => {
  const bytes = file();
  new DataView(bytes.buffer).setBigUint64(heapOf(bytes) + 24, 2n ** 40n, true);
  expect(() => checkGlobalHeaps(bytes, 'a.h5')).toThrow(WeightsFileError);
});

test('numbers of a dataset that begin like a heap are no heap', () => {
  const bytes = new Uint8Array(64).fill(255);
  bytes.set(Buffer.from('GCOL\x01\0\0\0'), 8);
  expect(() => checkGlobalHeaps(bytes, 'a.h5')).not.toThrow();
  expect(() => checkGlobalHeaps(bytes.subarray(0, 20), 'a.h5')).not.toThrow();
});

import { describe, expect, it } from 'vitest';
import { memoryFreer } from '../../src/pipeline/free-memory';

describe('memoryFreer', () => {
  const free = memoryFreer();

  it('frees the memory of an array, which is empty afterwards', () => {
    const array = new Uint8Array(1000).fill(7);
    free(array);
    expect(array.length).toBe(0);
    expect(array.buffer.byteLength).toBe(0);
  });

  it('leaves memory that belongs to other arrays, too', () => {
    const whole = new Uint8Array(1000).fill(7);
    const pooled = Buffer.from('a');
    free(whole.subarray(0, 10));
    free(pooled);
    expect(whole.every((byte) => byte === 7)).toBe(true);
    expect(String(pooled)).toBe('a');
  });

  it('leaves memory that must not be moved', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(10)).fill(7);
    free(shared);
    expect([...shared]).toEqual(Array(10).fill(7));
  });
});

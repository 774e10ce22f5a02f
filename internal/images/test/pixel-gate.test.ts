import { describe, expect, it } from 'vitest';
import { pixelGate } from '../src/pixel-gate';

/** Tasks that run until they are ended. */
function tasks(budget: number) {
  const gate = pixelGate(budget);
  const running = new Map<number, () => void>();
  const start = (pixels: number) =>
    gate(pixels, () => new Promise<void>((resolve) => running.set(pixels, resolve)));
  const end = async (pixels: number) => {
    running.get(pixels)?.();
    running.delete(pixels);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { gate, running: () => [...running.keys()], start, end };
}

describe('a gate for pixels', () => {
  it('lets images run that have few together, and the next ones in their order', async () => {
    const { start, end, running } = tasks(100);
    for (const pixels of [50, 40, 30, 5]) void start(pixels);
    await end(0);
    expect(running()).toEqual([50, 40]);
    await end(40);
    expect(running()).toEqual([50, 30, 5]);
  });

  it('lets an image that has more than all together run alone', async () => {
    const { start, end, running } = tasks(100);
    for (const pixels of [10, 500, 20]) void start(pixels);
    await end(0);
    expect(running()).toEqual([10]);
    await end(10);
    expect(running()).toEqual([500]);
    await end(500);
    expect(running()).toEqual([20]);
  });

  it('gives the room of an image back that can’t be decoded', async () => {
    const { gate, start, end, running } = tasks(100);
    await expect(gate(100, () => Promise.reject(new Error('damaged')))).rejects.toThrow('damaged');
    void start(100);
    await end(0);
    expect(running()).toEqual([100]);
  });
});

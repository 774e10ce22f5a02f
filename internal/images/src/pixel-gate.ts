/** Runs a task that decodes an image of so many pixels. */
export type PixelGate = <Result>(pixels: number, task: () => Promise<Result>) => Promise<Result>;

/**
 * A gate that lets tasks run while their images have at most `budget` pixels together. The others wait in the order in
 * which they came. A larger image is decoded alone.
 */
export function pixelGate(budget: number): PixelGate {
  let taken = 0;
  const waiting: { readonly pixels: number; readonly start: () => void }[] = [];
  const startWaiting = () => {
    while (waiting.length > 0 && (taken === 0 || taken + waiting[0].pixels <= budget)) {
      const [{ pixels, start }] = waiting.splice(0, 1);
      taken += pixels;
      start();
    }
  };
  return async (pixels, task) => {
    await new Promise<void>((start) => {
      waiting.push({ pixels, start });
      startWaiting();
    });
    try {
      return await task();
    } finally {
      taken -= pixels;
      startWaiting();
    }
  };
}

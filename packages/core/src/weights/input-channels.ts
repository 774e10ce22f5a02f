import type { NamedWeight } from './named-weights';

type Kernel = Pick<NamedWeight, 'shape' | 'read'>;

/**
 * Adapts the kernel of a first convolution, height × width × in × out, to another number of input channels, as timm does. For
 * one channel, the kernel is summed over its channels, so that a grey image gives the same result as in RGB. For more
 * channels, the kernel's channels are repeated, and scaled by old / new.
 */
export function withInputChannels({ shape, read }: Kernel, channels: number): Kernel {
  const [height, width, before, filters] = shape as [number, number, number, number];
  if (channels === before) return { shape, read };
  return {
    shape: [height, width, channels, filters],
    read() {
      const from = read();
      const to = new Float32Array(height * width * channels * filters);
      const at = (values: number, place: number, channel: number) => (place * values + channel) * filters;
      for (let place = 0; place < height * width; place++) {
        for (let c = 0; c < Math.max(before, channels); c++) {
          const scale = channels === 1 ? 1 : before / channels;
          const source = at(before, place, c % before);
          const target = at(channels, place, channels === 1 ? 0 : c);
          if (channels !== 1 && c >= channels) break;
          for (let f = 0; f < filters; f++) to[target + f] += from[source + f] * scale;
        }
      }
      return to;
    },
  };
}

import type { NamedWeight } from './named-weights';

type Kernel = Pick<NamedWeight, 'shape' | 'read'>;

/**
 * A first convolution's kernel, height × width × in × out, for another number of input channels, as timm makes it: for one
 * channel the sum over the old ones, so that a grey image gives what it gives in RGB; for more, the old ones over and over,
 * scaled by old / new.
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
          for (let f = 0; f < filters; f++) to[target + f]! += from[source + f]! * scale;
        }
      }
      return to;
    },
  };
}

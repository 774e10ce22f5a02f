import { applyTables } from './apply-table';
import { channelTables } from './channel-tables';

/** Makes every level of each channel about equally frequent, in place, as Pillow's `ImageOps.equalize`. */
export function equalize(data: Uint8Array): void {
  applyTables(
    data,
    channelTables(data, (counts, table) => {
      const most = counts.findLastIndex((count) => count > 0);
      const step = Math.floor((data.length / 3 - counts[most]) / 255);
      if (step === 0) return;
      let below = Math.floor(step / 2);
      for (let value = 0; value < 256; value++) {
        table[value] = Math.min(Math.floor(below / step), 255);
        below += counts[value];
      }
    }),
  );
}

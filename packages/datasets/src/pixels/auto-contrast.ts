import { applyTables } from './apply-table';
import { channelTables } from './channel-tables';

/** Stretches each channel in place to the whole range from 0 to 255, as Pillow's `ImageOps.autocontrast`. */
export function autoContrast(data: Uint8Array): void {
  applyTables(
    data,
    channelTables(data, (counts, table) => {
      const least = counts.findIndex((count) => count > 0);
      const most = counts.findLastIndex((count) => count > 0);
      if (most <= least) return;
      const scale = 255 / (most - least);
      for (let value = 0; value < 256; value++) {
        // Pillow cuts where we round elsewhere; a table is compared exactly
        table[value] = Math.min(Math.max(Math.trunc(value * scale - least * scale), 0), 255);
      }
    }),
  );
}

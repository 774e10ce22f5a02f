import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { images } from './made-celeba';

const jpegs = Object.values(await images());
/** Rows `from` to `to` of six made-up faces, with attributes as booleans or as −1 and 1. */
export function table(from: number, to: number, { signed = false, id = true } = {}): Uint8Array {
  const rows = Array.from({ length: to - from }, (_, i) => from + i);
  const flags = (of: (row: number) => boolean) =>
    signed ? rows.map((row) => (of(row) ? 1 : -1)) : rows.map(of);
  const type = signed ? ('INT32' as const) : ('BOOLEAN' as const);
  const columnData: ColumnSource[] = [
    { name: 'Smiling', data: flags((row) => row % 2 === 0), type },
    { name: 'Bald', data: flags((row) => row > 3), type },
    { name: 'caption', data: rows.map((row) => `face ${row}`), type: 'STRING' },
    { name: 'image', data: rows.map((row) => jpegs[row]), type: 'BYTE_ARRAY' },
    ...(id ? [{ name: 'celeb_id', data: rows.map((row) => 1000 + (row >> 1)), type: 'INT32' as const }] : []),
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

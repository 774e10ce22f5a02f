import { describe, expect, it } from 'vitest';
import { arrowColumn } from '../../src/arrow/arrow-column';
import { type ArrowStream, arrowStream } from '../../src/arrow/arrow-stream';
import { DEFAULT_LIMITS } from '../../src/limits/limits';
import fixture from '../fixtures/arrow.json';

const FILES = ['types, stream', 'cells, file', 'cells, legacy stream'] as const;
const ranges = (name: keyof typeof fixture.files) => {
  const bytes = Uint8Array.from(Buffer.from(fixture.files[name], 'base64'));
  return {
    byteLength: bytes.length,
    slice: async (start: number, end: number) => bytes.slice(start, end).buffer,
  };
};
const opened = (name: keyof typeof fixture.files) => arrowStream(ranges(name), DEFAULT_LIMITS, name);
const cellsOf = async (
  name: keyof typeof fixture.files,
  { fields, batches }: ArrowStream,
  column: string,
) => {
  const at = fields.findIndex((field) => field.name === column);
  const cells: unknown[] = [];
  for (const batch of batches)
    cells.push(
      ...(await arrowColumn({ file: ranges(name), batch, column: at, limits: DEFAULT_LIMITS, place: name })),
    );
  return cells;
};

describe('arrowColumn', () => {
  it.each(
    FILES.flatMap((name) => Object.entries(fixture.cells).map(([type, cells]) => ({ name, type, cells }))),
  )('reads $type of a $name as pyarrow wrote it', async ({ name, type, cells }) => {
    const stream = await opened(name);
    expect(stream.batches.map(({ rows }) => rows)).toEqual([3, 2]);
    expect(await cellsOf(name, stream, type)).toEqual(cells);
  });

  it.each(fixture.unread)('refuses %s by its name, and reads the columns beside it', async (type) => {
    const stream = await opened('types, stream');
    await expect(cellsOf('types, stream', stream, type)).rejects.toThrow(
      `the column "${type}" is of Arrow's type`,
    );
  });

  it('inflates LZ4 whose blocks repeat parts of earlier blocks', async () => {
    const name = 'numbers from 0 to 999 and again, lz4';
    const cells = await cellsOf(name, await opened(name), 'number');
    expect(cells.length).toBe(50_000);
    expect(cells.every((cell, row) => cell === row % 1000)).toBe(true);
  });
});

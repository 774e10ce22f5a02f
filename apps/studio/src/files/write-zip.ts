/** A file of a zip. */
export interface ZipPart {
  readonly path: string;
  readonly content: Blob | Uint8Array<ArrayBuffer> | string;
  /** Whether to compress the content; images are compressed already. */
  readonly compress?: boolean;
}

/** Makes a zip. */
export async function writeZip(parts: AsyncIterable<ZipPart> | Iterable<ZipPart>): Promise<Blob> {
  const { BlobReader, BlobWriter, ZipWriter, configure } = await import('@zip.js/zip.js');
  configure({ useWebWorkers: false });
  const writer = new ZipWriter(new BlobWriter('application/zip'));
  for await (const { path, content, compress = false } of parts) {
    await writer.add(path, new BlobReader(new Blob([content])), { level: compress ? 6 : 0 });
  }
  return writer.close();
}

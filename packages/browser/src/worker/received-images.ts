import { type DatasetRecords, ImageDataset, type ImageSource, UnknownLabelError } from '@thawjs/datasets';
import type { SentExample } from '../messages';
import { encodedImage } from './encoded-image';

/** Images that a page sent, as files. */
interface ReceivedFiles extends ImageSource {
  readonly files: readonly Blob[];
}

/** Labelled images that a page sent. */
class ReceivedDataset extends ImageDataset {
  /** The SHA-256 of each file, so that a stored run is resumed only with the same images. */
  override get fingerprint(): () => Promise<string> {
    const { images, imageIndices } = this.records;
    const { files } = images as ReceivedFiles;
    return async () => {
      const hashes: string[] = [];
      for (let row = 0; row < this.length; row++)
        hashes.push(await hashOf(files[imageIndices?.[row] ?? row]));
      return hashes.join('\n');
    };
  }
}

const known = new WeakMap<Blob, string>();

async function hashOf(file: Blob): Promise<string> {
  let hash = known.get(file);
  if (hash === undefined) {
    // Pages without https have no digests; the file's size is used instead.
    const digest = await crypto.subtle?.digest('SHA-256', await file.arrayBuffer());
    hash = digest
      ? Array.from(new Uint8Array(digest), (byte) => byte.toString(16)).join(' ')
      : `${file.size}`;
    known.set(file, hash);
  }
  return hash;
}

/** Collects examples that arrive in several messages. */
export class ReceivedImages {
  readonly #labels: readonly string[];
  readonly #columns: ReadonlyMap<string, number>;
  readonly #files: Blob[] = [];
  readonly #ids: string[] = [];
  readonly #taken = new Set<string>();
  readonly #rows: { readonly has: readonly number[]; readonly unknown: readonly number[] }[] = [];
  #dataset: ImageDataset | undefined;

  constructor(labels: readonly string[]) {
    this.#labels = labels;
    this.#columns = new Map(labels.map((label, column) => [label, column]));
  }

  /**
   * Adds examples, and returns their names, each of which is unique.
   *
   * @throws {UnknownLabelError} an example has a label that the classifier lacks
   */
  async add(examples: readonly SentExample[]): Promise<string[]> {
    const ids: string[] = [];
    for (const { image, labels, unknown, id } of examples) {
      const columns = (names: readonly string[]) => names.map((name) => this.#column(name, id));
      this.#rows.push({ has: columns(labels), unknown: columns(unknown) });
      this.#files.push(await encodedImage(image));
      ids.push(this.#free(id));
    }
    this.#ids.push(...ids);
    this.#dataset = undefined;
    return ids;
  }

  /** The images as a data set. */
  dataset(): ImageDataset {
    this.#dataset ??= new ReceivedDataset(this.#records());
    return this.#dataset;
  }

  #records(): DatasetRecords {
    const width = this.#labels.length;
    const y = new Uint8Array(this.#rows.length * width);
    const known = new Uint8Array(y.length).fill(1);
    for (const [row, { has, unknown }] of this.#rows.entries()) {
      for (const column of has) y[row * width + column] = 1;
      for (const column of unknown) {
        known[row * width + column] = 0;
        y[row * width + column] = 0;
      }
    }
    const files = [...this.#files];
    const images: ReceivedFiles = {
      files,
      read: async (index) => new Uint8Array(await files[index].arrayBuffer()),
      locate: (index) => this.#ids[index],
    };
    return { ids: [...this.#ids], labels: this.#labels, y, images, ...(known.includes(0) && { known }) };
  }

  #column(label: string, id: string): number {
    const column = this.#columns.get(label);
    if (column !== undefined) return column;
    throw new UnknownLabelError(
      `examples: expected labels among ${this.#labels.join(', ')}; "${id}" has "${label}". Is it misspelt?`,
    );
  }

  #free(id: string): string {
    let free = id;
    for (let i = 2; this.#taken.has(free); i++) free = `${id} (${i})`;
    this.#taken.add(free);
    return free;
  }
}

import type { AsyncBuffer } from 'hyparquet';
import { DatasetFileError } from '../errors';
import { ImageDataset } from '../image-dataset';
import type { ImageSource } from '../images/image-source';
import { checkedLimits, type Limits } from '../limits/limits';
import { ANY, checkOptions, oneOf } from '../options/check-options';
import { byteRanges } from './byte-ranges';
import { decodeText } from './decode-text';
import { IMAGE_ENDING } from './image-finder';
import { type LabelColumn, labelColumn } from './label-column';
import { sourceName, type TextSource } from './read-text';
import { checkTableColumns, type NamedLabels } from './table-options';
import { type TarEntry, tarEntries } from './tar-entries';

/** How WebDataset shards are opened. */
export interface WebDatasetOptions {
  /**
   * The labels: `column` is the key in each `.json` (default: its list of labels, or its flags), and `names` are what the
   * numbers in `.cls` files name.
   */
  readonly labels?: Partial<NamedLabels>;
  /** `'ignore'` opens the labels alone. */
  readonly images?: 'ignore';
  /** Limits on the cost of one input; a larger one is a `LimitExceededError`. */
  readonly limits?: Limits;
}

interface Shard {
  readonly name: string;
  readonly buffer: AsyncBuffer;
}

interface Sample {
  readonly shard: Shard;
  readonly key: string;
  image?: TarEntry;
  labels?: TarEntry;
}

/** No file of labels of one image is larger. */
const LARGEST_LABELS = 2 ** 24;

/**
 * Opens WebDataset's tar shards: files of one name are a sample, an image and its `.json` or `.cls`; no image is opened.
 *
 * Images stay in the tars and are read out of them by position. A sample without labels has none; one without an image is an
 * error. Compressed tars are refused, as nothing in them can be found without unpacking all before it.
 *
 * ```ts no-run
 * import { openWebDataset } from '@thawjs/datasets';
 *
 * const shards = ['train-000000.tar', 'train-000001.tar'];
 * const set = await openWebDataset(shards, { labels: { column: 'tags' } });
 * console.log(set.summary());
 * ```
 *
 * @param sources one tar or several, whose samples follow each other: a path or URL, a `File`, or bytes
 * @throws {DatasetFileError} a file isn't a tar, is cut off or damaged, or has invalid labels
 * @throws {DatasetOptionError} an option is misspelt
 */
export async function openWebDataset(
  sources: TextSource | readonly TextSource[],
  options: WebDatasetOptions = {},
): Promise<ImageDataset> {
  const caller = 'openWebDataset';
  checkOptions(caller, options, { labels: ANY, images: oneOf('ignore'), limits: ANY });
  const limits = checkedLimits(caller, options.limits);
  const list = Array.isArray(sources) ? (sources as readonly TextSource[]) : [sources as TextSource];
  const { column: key, ...cells } = options.labels ?? {};
  checkTableColumns(caller, { labels: { column: key ?? '-', ...cells } });
  const samples: Sample[] = [];
  for (const source of list) samples.push(...(await samplesOf(caller, source)));
  const fail = (where: string, problem: string): never => {
    throw new DatasetFileError(`${caller}: ${where}: ${problem}. Correct the file.`);
  };
  if (samples.length === 0)
    fail(list.map(sourceName).join(', ') || 'no file', 'expected samples of an image and labels; found none');
  const column = labelColumn(caller, cells, limits);
  const ids = samples.map(({ shard, key: name }) => (list.length > 1 ? `${shard.name}/${name}` : name));
  for (const [row, sample] of samples.entries()) await readLabels(sample, row, column, { key, caller, fail });
  const matrix = column.finish(samples.length, fail);
  const images = options.images === 'ignore' ? undefined : tarImages(samples);
  return new ImageDataset({
    ids,
    ...matrix,
    ...(images && { images: options.limits ? { ...images, limits: options.limits } : images }),
  });
}

/** Lists a shard; files that follow each other with one name up to the first dot are a sample. */
async function samplesOf(caller: string, source: TextSource): Promise<Sample[]> {
  const name = sourceName(source);
  const fail = (problem: string, cause?: unknown): never => {
    throw new DatasetFileError(`${caller}: ${name} ${problem}. Fetch it again.`, { cause });
  };
  const buffer = await byteRanges(source).catch((error: Error) =>
    fail(`can't be read: ${error.message}`, error),
  );
  const shard = { name: name.split(/[\\/]/).at(-1)!, buffer };
  const samples: Sample[] = [];
  for await (const entry of tarEntries(buffer, fail)) {
    const dot = entry.name.indexOf('.', entry.name.lastIndexOf('/') + 1);
    if (dot === -1) continue;
    const key = entry.name.slice(0, dot);
    const ending = entry.name.slice(dot).toLowerCase();
    if (samples.at(-1)?.key !== key) samples.push({ shard, key });
    const sample = samples.at(-1)!;
    if (IMAGE_ENDING.test(ending)) sample.image ??= entry;
    else if (ending === '.json' || (ending === '.cls' && !sample.labels)) sample.labels = entry;
  }
  const lacking = samples.find(({ image }) => !image);
  if (lacking) fail(`has no image of "${lacking.key}"`);
  return samples;
}

async function readLabels(
  { shard, labels }: Sample,
  row: number,
  column: LabelColumn,
  {
    key,
    caller,
    fail,
  }: { key: string | undefined; caller: string; fail: (where: string, problem: string) => never },
): Promise<void> {
  if (!labels) return;
  const where = `${labels.name} in ${shard.name}`;
  const wrong = (problem: string) => fail(where, problem);
  if (labels.size > LARGEST_LABELS) wrong(`expected labels; received ${labels.size} bytes`);
  const bytes = new Uint8Array(await shard.buffer.slice(labels.start, labels.start + labels.size));
  const text = decodeText(bytes, { caller, fail: wrong });
  column.read(
    labels.name.toLowerCase().endsWith('.cls') ? text : cellOf(text, key, wrong),
    where,
    wrong,
  )(row);
}

function cellOf(text: string, key: string | undefined, fail: (problem: string) => never): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail(`expected JSON; received "${text.slice(0, 60)}"`);
  }
  if (key === undefined) return value;
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[key]
    : fail(`expected a JSON object with "${key}"; received "${text.slice(0, 60)}"`);
}

function tarImages(samples: readonly Sample[]): ImageSource {
  return {
    read: async (index) => {
      const { shard, image } = samples[index];
      return new Uint8Array(await shard.buffer.slice(image!.start, image!.start + image!.size));
    },
    locate: (index) => `${samples[index].image!.name} in ${samples[index].shard.name}`,
  };
}

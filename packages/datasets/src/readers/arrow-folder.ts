import { DatasetFileError } from '../errors';
import type { ListedFolder } from './list-folder';
import { partOfWord } from './split-column';

/** The Arrow files of one part of a data set, in their order. */
export interface ArrowPartFiles {
  /** The name of the part; undefined if the data set has one that is not named. */
  readonly name?: string;
  readonly paths: readonly string[];
  /** What `dataset_info.json` says. */
  readonly info: string | undefined;
}

const UTF8 = new TextDecoder();
/** `NAME-train-00000-of-00002.arrow`, as the cache of `datasets` calls them; `data-00000-of-00001.arrow`, as `save_to_disk` does. */
const NUMBERED = /^(.*?)(?:-(\d+)-of-(\d+))?\.arrow$/i;
/** Results of `map` that the cache keeps beside the data. */
const COMPUTED = /^(?:cache-|tmp)/;

/**
 * The Arrow files of a folder that Hugging Face's `datasets` wrote: by `save_to_disk`, with a `state.json` that lists them,
 * of a `Dataset` or of a `DatasetDict`; or the folder of a data set in its cache.
 *
 * @throws {DatasetFileError} there are none, or listed ones are missing
 */
export async function arrowFiles(caller: string, folder: ListedFolder): Promise<ArrowPartFiles[]> {
  const fail = (problem: string): never => {
    throw new DatasetFileError(`${caller}: ${folder.name}: ${problem}. Fetch the folder again.`);
  };
  const json = async (path: string): Promise<Readonly<Record<string, unknown>> | undefined> => {
    if (!folder.has(path)) return undefined;
    try {
      return Object(JSON.parse(UTF8.decode(await folder.read(path))));
    } catch (error) {
      return fail(`${path} is no JSON (${(error as Error).message.slice(0, 60)})`);
    }
  };
  const splits = (await json('dataset_dict.json'))?.splits;
  if (splits !== undefined && !isTexts(splits)) fail('expected the names of splits in dataset_dict.json');
  const saved = splits === undefined ? [''] : (splits as readonly string[]).map((name) => `${name}/`);
  const isSaved = saved.every((at) => folder.has(`${at}state.json`));
  if (splits !== undefined && !isSaved)
    fail(`expected state.json in each of ${saved.join(', ')}, as dataset_dict.json names them`);
  if (!isSaved) return unlisted(folder, fail);
  const parts: ArrowPartFiles[] = [];
  for (const at of saved) {
    const { _data_files: files, _indices_data_files: indices } = (await json(`${at}state.json`))!;
    const names = Array.isArray(files) ? files.map((file) => Object(file).filename) : [];
    if (!isTexts(names) || names.length === 0) fail(`expected file names in ${at}state.json`);
    if (indices)
      fail(`${at}state.json picks rows, as old versions of datasets wrote; save the data set anew`);
    const paths = names.map((name) => at + name);
    const missing = paths.find((path) => !folder.has(path));
    if (missing !== undefined) fail(`${at}state.json names ${missing}, which is missing`);
    const info = folder.has(`${at}dataset_info.json`)
      ? UTF8.decode(await folder.read(`${at}dataset_info.json`))
      : undefined;
    parts.push({ ...(at !== '' && { name: at.slice(0, -1) }), paths, info });
  }
  return parts;
}

/**
 * The files of a folder without `state.json`, as the cache of `datasets` has them: a part's name is the last word of its
 * files' names, or else their folder's.
 */
function unlisted(folder: ListedFolder, fail: (problem: string) => never): ArrowPartFiles[] {
  const byPart = new Map<string, { readonly path: string; readonly of: string | undefined }[]>();
  for (const path of folder.paths.filter((path) => path.toLowerCase().endsWith('.arrow')).sort()) {
    const at = path.lastIndexOf('/') + 1;
    const [, stem, , of] = NUMBERED.exec(path.slice(at))!;
    if (COMPUTED.test(path.slice(at))) continue;
    const key = path.slice(0, at) + stem;
    byPart.set(key, [...(byPart.get(key) ?? []), { path, of }]);
  }
  if (byPart.size === 0) fail('expected Arrow files; found none');
  return [...byPart].map(([key, files]) => {
    const lacking = files.find(({ of }) => of !== undefined && Number(of) !== files.length);
    if (lacking) fail(`expected ${Number(lacking.of)} files like ${lacking.path}; found ${files.length}`);
    const words = key
      .split('/')
      .reverse()
      .map((word) => word.slice(word.lastIndexOf('-') + 1));
    const name = words.find((word) => partOfWord(word)) ?? (byPart.size > 1 ? key : undefined);
    return { ...(name !== undefined && { name }), paths: files.map(({ path }) => path), info: undefined };
  });
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

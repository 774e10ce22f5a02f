import type { Pickled } from './pickle';

/** Python's number types and containers, which pickles name as arguments of others (`defaultdict(list)`). */
const TYPES = /^(__builtin__|builtins)\.(bool|bytes|dict|float|int|list|object|str|tuple)$/;

/** Whether a name in a pickle is a plain type of Python or numpy, which is only referred to. */
export function isPlainType(name: string): boolean {
  return TYPES.test(name) || name === 'numpy.ndarray';
}

const list = ([items]: readonly Pickled[]): Pickled =>
  Array.isArray(items) ? [...(items as Pickled[])] : [];
const dict = ([items]: readonly Pickled[]): Pickled =>
  items instanceof Map ? new Map(items as Map<Pickled, Pickled>) : new Map();
/** Data beside the weights that nobody reads. */
const unread = (): Pickled => null;

const NUMPY = ['numpy.core.multiarray', 'numpy._core.multiarray'];

/**
 * Stand-ins for the plain data that training programs save beside the weights: options, counts, scores, paths, dates. None of
 * them computes anything, and the content of those that are no containers is dropped.
 */
export const plainCalls: Readonly<Record<string, (args: readonly Pickled[]) => Pickled>> = {
  ...Object.fromEntries(
    ['__builtin__', 'builtins'].flatMap((module) => [
      [`${module}.set`, list],
      [`${module}.frozenset`, list],
      ...['bytearray', 'complex', 'range', 'slice'].map((name) => [`${module}.${name}`, unread]),
      [`${module}.xrange`, unread],
    ]),
  ),
  ...Object.fromEntries(
    NUMPY.flatMap((module) => [
      [`${module}.scalar`, unread],
      [`${module}._reconstruct`, unread],
    ]),
  ),
  ...Object.fromEntries(
    ['date', 'datetime', 'time', 'timedelta', 'timezone'].map((name) => [`datetime.${name}`, unread]),
  ),
  ...Object.fromEntries(
    ['pathlib', 'pathlib._local'].flatMap((module) =>
      ['Path', 'PosixPath', 'PurePosixPath', 'PureWindowsPath', 'WindowsPath'].map((name) => [
        `${module}.${name}`,
        unread,
      ]),
    ),
  ),
  'argparse.Namespace': dict,
  '_codecs.encode': unread,
  'collections.Counter': dict,
  'collections.defaultdict': dict,
  'numpy.dtype': unread,
};

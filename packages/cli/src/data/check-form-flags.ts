import { UsageError } from '../errors';
import type { DataForm } from './data-forms';
import type { DataOptions } from './data-options';

/** The flags for reading data, with their names on the command line. */
const FLAGS = {
  image: '--image',
  columns: '--columns',
  tags: '--tags',
  delimiter: '--delimiter',
  names: '--names',
  after: '--after',
  confidence: '--confidence',
  missing: '--missing',
  group: '--group',
  split: '--split',
  sheet: '--sheet',
  values: '--values',
  encoding: '--encoding',
  repeated: '--repeated',
  onProblem: '--on-problem',
} satisfies Partial<Record<keyof DataOptions, string>>;

type ReadingFlag = keyof typeof FLAGS;

const OF_TABLES: readonly ReadingFlag[] = [
  ...(['image', 'columns', 'tags', 'delimiter', 'names'] as const),
  ...(['after', 'confidence', 'missing', 'group', 'split'] as const),
  ...(['values', 'repeated', 'onProblem'] as const),
];
const OF_ANNOTATIONS: readonly ReadingFlag[] = ['encoding', 'onProblem'];

const TAKEN: Readonly<Record<DataForm, readonly ReadingFlag[]>> = {
  celeba: ['onProblem'],
  csv: [...OF_TABLES, 'encoding'],
  xlsx: [...OF_TABLES, 'sheet'],
  jsonl: [...OF_TABLES, 'encoding'],
  parquet: OF_TABLES,
  arrow: OF_TABLES,
  folder: [...OF_TABLES.filter((flag) => flag !== 'image'), 'encoding'],
  coco: OF_ANNOTATIONS,
  'label-studio': OF_ANNOTATIONS,
  cvat: OF_ANNOTATIONS,
  via: OF_ANNOTATIONS,
  voc: OF_ANNOTATIONS,
  yolo: OF_ANNOTATIONS,
  webdataset: ['tags'],
};

/**
 * Refuses flags that don't apply to a form of data, so that no flag is silently ignored.
 *
 * @throws UsageError names the flag, and the flags that the form takes
 */
export function checkFormFlags(form: DataForm, options: DataOptions): void {
  const taken = TAKEN[form];
  const given = (Object.keys(FLAGS) as ReadingFlag[]).filter((flag) => options[flag] !== undefined);
  const wrong = given.find((flag) => !taken.includes(flag));
  if (wrong === undefined) return;
  throw new UsageError(
    `expected no ${FLAGS[wrong]} with data of the form ${form}, which takes ` +
      `${taken.map((flag) => FLAGS[flag]).join(', ')}. Leave it out, or name the form by --form.`,
  );
}

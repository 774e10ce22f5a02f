import { type Command, Option } from 'commander';
import { list, sheet, whole } from '../terminal/parse-value';
import { DATA_FORMS, type DataForm } from './data-forms';

/** The flags for label files and images. */
export interface DataOptions {
  readonly form?: DataForm;
  readonly image?: string;
  readonly columns?: readonly string[];
  readonly tags?: string;
  readonly delimiter?: string;
  readonly names?: readonly string[];
  readonly after?: string;
  readonly confidence?: string;
  readonly missing?: 'none' | 'unknown' | 'label';
  readonly group?: string;
  readonly split?: string;
  /** A sheet's name, or its number, from 1. */
  readonly sheet?: string | number;
  readonly values?: string;
  readonly encoding?: string;
  readonly onProblem?: 'error' | 'skip';
  readonly repeated?: 'error' | 'first' | 'last' | 'union';
  readonly only?: readonly string[];
  readonly without?: readonly string[];
  readonly limit?: number;
}

/** The help text of arguments that are data. */
export const DATA_ARGUMENT =
  'a folder of images, a label file (CSV, JSON lines, COCO, parquet …), or both; CelebA as it was downloaded';

/** Adds the options of {@link DataOptions} to a command. */
export function addDataOptions(command: Command): Command {
  return command
    .optionsGroup('Data:')
    .addOption(
      new Option(
        '--form <name>',
        'what the data is, where that can be mistaken (default: by what is there)',
      ).choices(Object.keys(DATA_FORMS)),
    )
    .option('--image <column>', 'of a table: the image (default: the first column, or "image" of a parquet)')
    .option('--columns <names>', 'of a table: the columns of labels, by comma (default: all others)', list)
    .option('--tags <column>', 'of a table: one column of label names, with --delimiter between them')
    .option('--delimiter <text>', 'between the names of --tags (default: "|", if no cell looks otherwise)')
    .option('--names <names>', 'of --tags: all labels in the order of their class numbers, by comma', list)
    .option('--after <text>', 'of --tags: the label stands after this text, the image before it (as "_")')
    .option('--confidence <column>', 'of --tags: how sure each label is, from 0 to 1, in rows of one label')
    .addOption(
      new Option('--missing <what>', 'of --tags: what NA, nan and None mean (default: an error)').choices([
        'none',
        'unknown',
        'label',
      ]),
    )
    .option('--group <column>', 'of a table: what must not be on both sides of a split (a patient, a person)')
    .option('--split <column>', 'of a table: the official part: train, validation, test')
    .option('--sheet <name>', 'of a spreadsheet: the sheet, by name or number (default: the first)', sheet)
    .addOption(
      new Option('--values <convention>', 'of a table: what 1, 0 and -1 mean').choices([
        'zero-one',
        'plus-minus',
        'chexpert',
      ]),
    )
    .option('--encoding <name>', 'of a text file, such as windows-1252 (default: UTF-8 or UTF-16)')
    .addOption(
      new Option(
        '--on-problem <what>',
        'rows with a problem: an error (default), or left out and counted',
      ).choices(['error', 'skip']),
    )
    .addOption(
      new Option(
        '--repeated <which>',
        'of rows with one id: an error (default), one of them, or all labels',
      ).choices(['error', 'first', 'last', 'union']),
    )
    .option('--only <names>', 'these labels alone, by comma', list)
    .option('--without <names>', 'leave these labels out, by comma', list)
    .option('--limit <n>', 'take n of the images, at random', whole);
}

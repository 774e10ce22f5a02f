import type { DatasetRecords, SplitName } from '@thawjs/datasets';
import { LabelFileError } from './errors';
import type { LabelFile, LabelFiles } from './files/find-label-files';
import { type LabelReading, readLabelText } from './files/read-label-text';
import { alignNumbers } from './labels/align-numbers';
import { checkComplete } from './labels/check-complete';
import { identityNumbers } from './labels/identity-numbers';
import { type AttributesCsv, parseAttributesCsv } from './labels/parse-attributes-csv';
import { parseAttributesText } from './labels/parse-attributes-text';
import { parseIdNumbers } from './labels/parse-id-numbers';

const PARTS: readonly SplitName[] = ['train', 'validation', 'test'];

/**
 * Reads the attributes, and the official split and the identities if their files are there.
 *
 * @throws {LabelFileError} a line is invalid, or files don't fit together
 */
export async function readTables(
  { attributes, partition, identity }: LabelFiles & { readonly attributes: LabelFile },
  reading: LabelReading,
): Promise<DatasetRecords> {
  const [table, splits, groups] = await Promise.all([
    readAttributes(attributes, reading),
    partition && readNumbers(partition, reading),
    identity && readNumbers(identity, reading),
  ]);
  const { partition: ownParts, identity: ownIdentity, isCounted, ...labelled } = table;
  for (const other of [splits, groups]) {
    if (other && !isCounted) checkComplete(table.ids, attributes.name, other);
  }
  const parts = splits
    ? splitNames(alignNumbers(table.ids, splits, splits.file), splits.file)
    : ownParts && splitNames(ownParts, attributes.name);
  const people = groups
    ? alignNumbers(table.ids, groups, groups.file)
    : ownIdentity && identityNumbers(ownIdentity, attributes.name);
  return {
    ...labelled,
    ...(parts && { splits: parts }),
    ...(people && { groups: people, groupName: 'identity' }),
  };
}

async function readAttributes(
  file: LabelFile,
  reading: LabelReading,
): Promise<AttributesCsv & { readonly isCounted: boolean }> {
  const bytes = await readLabelText(file, reading);
  const table: AttributesCsv = /\.csv(\.gz)?$/.test(file.name)
    ? parseAttributesCsv(bytes.toString('utf8'), file.name)
    : parseAttributesText(bytes, file.name);
  // the first line of the official text is the number of images, which has been met then
  const isCounted = /^\uFEFF?\s*\d+\s*$/.test(bytes.toString('utf8', 0, 32).split('\n', 1)[0]);
  if (table.ids.length === 0)
    throw new LabelFileError(`CelebA.open: ${file.name} names no image. Download it again.`);
  const seen = new Set<string>();
  for (const id of table.ids) {
    if (seen.has(id)) {
      throw new LabelFileError(`CelebA.open: ${file.name} names "${id}" twice. Download it again.`);
    }
    seen.add(id);
  }
  return { ...table, isCounted };
}

async function readNumbers(file: LabelFile, reading: LabelReading) {
  const bytes = await readLabelText(file, reading);
  return { ...parseIdNumbers(bytes.toString('utf8'), file.name), file: file.name };
}

function splitNames(numbers: ArrayLike<number>, file: string): SplitName[] {
  return Array.from(numbers, (number) => {
    const name = PARTS[number];
    if (!name) {
      throw new LabelFileError(
        `CelebA.open: ${file}: expected 0 (train), 1 (validation) or 2 (test); received ${number}. Download the file again.`,
      );
    }
    return name;
  });
}

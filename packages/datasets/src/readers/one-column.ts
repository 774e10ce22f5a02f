import type { FileMetaData, SchemaElement } from 'hyparquet';

/**
 * The description of a parquet file reduced to one column; of a struct with `bytes`, reduced to the bytes.
 *
 * The paths beside the images' bytes are not needed, and not read.
 *
 * @returns undefined if there is no such column, or it has several leaves and none is `bytes`
 */
export function oneColumn(metadata: FileMetaData, column: string): FileMetaData | undefined {
  const tree = subtree(metadata.schema, column);
  if (!tree) return undefined;
  const leaves = tree.filter(({ num_children }) => !num_children);
  const bytes = leaves.find(({ name }, at) => name === 'bytes' && at < (tree[0].num_children ?? 0));
  if (leaves.length !== 1 && !bytes) return undefined;
  const kept = leaves.length === 1 ? tree : [{ ...tree[0], num_children: 1 }, bytes!];
  const isKept = (path: readonly string[] | undefined) =>
    path?.[0] === column && (leaves.length === 1 || (path.length === 2 && path[1] === 'bytes'));
  return {
    ...metadata,
    schema: [{ ...metadata.schema[0], num_children: 1 }, ...kept],
    row_groups: metadata.row_groups.map((group) => ({
      ...group,
      columns: group.columns.filter(({ meta_data }) => isKept(meta_data?.path_in_schema)),
    })),
  };
}

/** The names of the columns at the top of the schema. */
export function columnNames({ schema }: FileMetaData): string[] {
  const names: string[] = [];
  for (let at = 1; at < schema.length; at = endOf(schema, at)) names.push(schema[at].name);
  return names;
}

/** A column's element and all below it. */
function subtree(schema: readonly SchemaElement[], column: string): SchemaElement[] | undefined {
  for (let at = 1; at < schema.length; at = endOf(schema, at)) {
    if (schema[at].name === column) return schema.slice(at, endOf(schema, at));
  }
  return undefined;
}

/** The index after the last element below this one. The schema lists a tree depth first. */
function endOf(schema: readonly SchemaElement[], at: number): number {
  let end = at + 1;
  for (let open = schema[at]?.num_children ?? 0; open > 0 && end < schema.length; open--, end++) {
    open += schema[end].num_children ?? 0;
  }
  return end;
}

/** Labels as a file gives them. */
export interface LabelTable {
  readonly ids: readonly string[];
  readonly labels: readonly string[];
  /** 0/1, rows × labels. */
  readonly y: Uint8Array;
}

import { LabelValueError } from '../errors';
import type { CodingOptions } from '../options';
import { allBinary } from './all-binary';
import { nameCell } from './name-cell';

/** Checked labels. */
export interface CheckedTruth {
  /** 0/1; 0 where the label is not known. */
  readonly truth: Uint8Array;
  /** 1 where the label is known; absent if all labels are known. */
  readonly known?: Uint8Array | undefined;
}

/** Labels as bytes, all 0 or 1. A `Uint8Array` is not copied if its values can stay as they are. */
export function checkTruth(
  metric: string,
  data: ArrayLike<number>,
  columns: number,
  options: CodingOptions,
  mask?: Uint8Array,
): CheckedTruth {
  const { coding = '0/1', ignoreValue, labels } = options;
  const allKnown = ignoreValue === undefined && mask === undefined;
  if (allKnown && coding === '0/1' && data instanceof Uint8Array && allBinary(data)) return { truth: data };
  const no = coding === '0/1' ? 0 : -1;
  const truth = new Uint8Array(data.length);
  const known = allKnown ? undefined : new Uint8Array(data.length);
  for (let index = 0; index < data.length; index++) {
    const value = data[index];
    if (known !== undefined) {
      if (mask?.[index] === 0 || value === ignoreValue || (Number.isNaN(value) && Number.isNaN(ignoreValue)))
        continue;
      known[index] = 1;
    }
    if (value === 1) truth[index] = 1;
    else if (value !== no)
      throw new LabelValueError(complaint(metric, coding, nameCell(data, index, columns, labels)));
  }
  return { truth, known };
}

function complaint(metric: string, coding: string, cell: string): string {
  const [no, hint] =
    coding === '0/1'
      ? [
          '0',
          "Say coding: '-1/1' or ignoreValue where labels are coded so; turn soft labels into 0 and 1 by a threshold first.",
        ]
      : ['−1', 'Say ignoreValue where a value means unknown; leave coding out for labels 0 and 1.'];
  return `${metric}: expected labels ${no} or 1; received ${cell}. ${hint}`;
}

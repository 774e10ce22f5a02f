import { type Attributes, CELEBA_ATTRIBUTES } from './attributes';
import type { PlannedImage } from './plan-identities';

/** CelebA's own name for image `index`, counted from 0: `000001.jpg` is the first. */
export function imageName(index: number): string {
  return `${String(index + 1).padStart(6, '0')}.jpg`;
}

/** `list_attr_celeba.txt`: the count, the 40 names, one row per image, values padded to two places, CRLF, as officially. */
export function attributeFile(rows: readonly Attributes[]): string {
  const lines = rows.map((attributes, index) =>
    [imageName(index), ...CELEBA_ATTRIBUTES.map((name) => (attributes[name] ? ' 1' : '-1'))].join(' '),
  );
  return file([String(rows.length), `${CELEBA_ATTRIBUTES.join(' ')} `, ...lines]);
}

/** `list_eval_partition.txt`: 0 train, 1 validation, 2 test. */
export function partitionFile(plan: readonly PlannedImage[]): string {
  return file(plan.map(({ partition }, index) => `${imageName(index)} ${partition}`));
}

/** `identity_CelebA.txt`: who is on which image. */
export function identityFile(plan: readonly PlannedImage[]): string {
  return file(plan.map(({ identity }, index) => `${imageName(index)} ${identity}`));
}

function file(lines: readonly string[]): string {
  return lines.map((line) => `${line}\r\n`).join('');
}

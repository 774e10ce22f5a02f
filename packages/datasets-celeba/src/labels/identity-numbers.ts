import { LabelFileError } from '../errors';

/**
 * Identities as numbers of 32 bits.
 *
 * @throws {LabelFileError} one is no whole number below 2^31, so that it would become another person's
 */
export function identityNumbers(values: ArrayLike<number | string>, file: string): Int32Array {
  return Int32Array.from(values, (value, row) => {
    const number = Number(value);
    if (String(value).trim() !== '' && number === (number | 0)) return number;
    throw new LabelFileError(
      `CelebA.open: ${file}, row ${row}: expected an identity as a whole number below 2^31; received "${value}". Download the file again.`,
    );
  });
}

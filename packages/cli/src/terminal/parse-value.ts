import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';

/** A path, resolved against the working directory. */
export function path(value: string): string {
  return resolve(value);
}

/** A sheet's name, or its number. */
export function sheet(value: string): string | number {
  return /^[1-9]\d*$/.test(value) ? Number(value) : value;
}

/** Names separated by commas. */
export function list(value: string): string[] {
  return value.split(',').map((name) => name.trim());
}

export function natural(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('expected a whole number of 0 or more.');
  return Number(value);
}

export function whole(value: string): number {
  const number = natural(value);
  if (number < 1) throw new InvalidArgumentError('expected a whole number of 1 or more.');
  return number;
}

export function positive(value: string): number {
  const number = Number(value);
  if (!(number > 0 && Number.isFinite(number))) throw new InvalidArgumentError('expected a number above 0.');
  return number;
}

export function share(value: string): number {
  const number = Number(value);
  if (!(number >= 0 && number <= 1)) throw new InvalidArgumentError('expected a number from 0 to 1.');
  return number;
}

/** Pixels as `224`, or height x width as `184x150`. */
export function size(value: string): readonly [height: number, width: number] {
  const match = /^(\d+)(?:[x×](\d+))?$/.exec(value);
  if (!match)
    throw new InvalidArgumentError('expected pixels such as 224, or height x width such as 184x150.');
  return [Number(match[1]), Number(match[2] ?? match[1])];
}

/** Shares of train, validation and test, as `0.7,0.15,0.15`. */
export function fractions(value: string): { train: number; validation: number; test: number } {
  const [train, validation, test = 0, ...more] = list(value).map(Number);
  const sum = train + validation + test;
  if (more.length > 0 || !(Math.abs(sum - 1) < 1e-6))
    throw new InvalidArgumentError(
      'expected shares of train, validation and test that add up to 1, such as 0.7,0.15,0.15.',
    );
  return { train, validation, test };
}

/** The folder that a command writes to. */
export function outOption(folder: string): Option {
  return new Option('--out <folder>', 'where the results go').argParser(path).default(path(folder), folder);
}

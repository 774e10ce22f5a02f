import { OptionError } from '../errors';
import { random } from '../training/random';

/** Draws the parameters of a trial. A parameter's name identifies it in the table; the same name draws the same value. */
export interface Draw {
  /** One of the values, each equally likely. Values that aren't plain appear in the table by their JSON. */
  choice<Value>(name: string, values: readonly Value[]): Value;
  /** A number from `low` to `high`, evenly, or evenly in its logarithm with `log`, as learning rates need. */
  number(name: string, low: number, high: number, options?: { readonly log?: boolean }): number;
  /** A whole number from `low` to `high`, both included. */
  whole(name: string, low: number, high: number): number;
}

/**
 * A draw for one trial, and the parameters that it has drawn so far. The parameters depend on seed, trial and name alone,
 * so a resumed search draws the same.
 */
export function drawFor(
  seed: number,
  trial: number,
): { readonly draw: Draw; readonly parameters: Readonly<Record<string, unknown>> } {
  // Without a prototype, so that "__proto__" is a name as any other.
  const parameters: Record<string, unknown> = Object.create(null);
  const fractionOf = (name: string) => random(seed, trial, ...Array.from(name, (c) => c.codePointAt(0)!))();
  const keep = <Value>(name: string, value: Value): Value => {
    parameters[name] = value;
    return value;
  };
  const draw: Draw = {
    choice(name, values) {
      if (!Array.isArray(values) || values.length === 0) {
        throw new OptionError(`search: expected "${name}" to be drawn from a list; received ${values}.`);
      }
      return keep(name, values[Math.floor(fractionOf(name) * values.length)]);
    },
    number(name, low, high, { log = false } = {}) {
      checkRange(name, low, high, log ? Number.MIN_VALUE : Number.NEGATIVE_INFINITY);
      const [from, to] = log ? [Math.log(low), Math.log(high)] : [low, high];
      const value = from + (to - from) * fractionOf(name);
      // Four digits are as many as anyone would tune, and read well in the table.
      const rounded = Number((log ? Math.exp(value) : value).toPrecision(4));
      return keep(name, Math.min(Math.max(rounded, low), high));
    },
    whole(name, low, high) {
      checkRange(name, low, high, Number.NEGATIVE_INFINITY);
      if (!Number.isInteger(low) || !Number.isInteger(high)) {
        throw new OptionError(
          `search: expected whole numbers as the range of "${name}"; received ${low} to ${high}.`,
        );
      }
      return keep(name, low + Math.floor(fractionOf(name) * (high - low + 1)));
    },
  };
  return { draw, parameters };
}

function checkRange(name: string, low: number, high: number, least: number): void {
  if (low >= least && low <= high && Number.isFinite(high - low)) return;
  throw new OptionError(
    `search: expected a range from low to high for "${name}"${least > 0 ? ', above 0 as it is drawn by its logarithm' : ''}; ` +
      `received ${low} to ${high}.`,
  );
}

import { NotSendableError } from './errors';

/**
 * Turns options into data that can be sent. Schedules, losses and other values with `toJSON` become their JSON; URLs
 * become text.
 *
 * @param what names the options in messages.
 * @throws {NotSendableError} a value is a function without `toJSON`
 */
export function plainOptions(value: unknown, what: string): unknown {
  if (typeof value === 'function') {
    const { toJSON } = value as { toJSON?: () => unknown };
    if (toJSON) return plainOptions(toJSON.call(value), what);
    throw new NotSendableError(
      `${what}: expected data, or a schedule or loss of Thaw's; received a function, which a worker can't be sent. ` +
        "Give it to serveTraining, in the worker's own file.",
    );
  }
  if (value instanceof URL) return value.href;
  if (Array.isArray(value)) return value.map((one, i) => plainOptions(one, `${what}[${i}]`));
  if (typeof value !== 'object' || value === null) return value;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, plainOptions(one, `${what}.${key}`)]),
  );
}

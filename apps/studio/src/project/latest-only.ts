/**
 * Returns a function that writes values one at a time, and skips values that are replaced by newer ones before their
 * turn. The first value is written at once, so that saving has begun even if the page is closed right after a change.
 *
 * @param onError called with the error if a value couldn't be written
 */
export function latestOnly<Value>(
  write: (value: Value) => Promise<void>,
  onError: (error: unknown) => void,
): (value: Value) => Promise<void> {
  let waiting: { value: Value } | undefined;
  let running: Promise<void> | undefined;

  const run = async () => {
    while (waiting) {
      const { value } = waiting;
      waiting = undefined;
      try {
        await write(value);
      } catch (error) {
        onError(error);
      }
    }
    running = undefined;
  };
  return (value) => {
    waiting = { value };
    return (running ??= run());
  };
}

/**
 * A function that writes values one at a time and skips those that a newer one has overtaken: the first value is written at
 * once, so that a page that is closed right after a change has begun to save.
 *
 * @param onError told of a value that couldn't be written
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

import { ThawError } from '@thawjs/errors';
import type { Outcome, SentError } from '../messages';

/** Calls a function, and gives what it returned or threw as data that can be sent. */
export async function outcomeOf<Value>(call: () => Value | Promise<Value>): Promise<Outcome<Value>> {
  try {
    return { value: await call() };
  } catch (error) {
    return { error: sentError(error) };
  }
}

function sentError(error: unknown): SentError {
  if (!(error instanceof ThawError)) return { other: copied(error) };
  const { name, message, stack, cause } = error;
  const fields = Object.entries(error).map(([key, value]) => [key, copied(value)]);
  return {
    name,
    message,
    stack,
    cause: cause === undefined ? undefined : sentError(cause),
    fields: Object.fromEntries(fields),
  };
}

/** A value as the browser would copy it; its text if it can't be copied. */
function copied(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return value instanceof Error ? new Error(value.message) : String(value);
  }
}

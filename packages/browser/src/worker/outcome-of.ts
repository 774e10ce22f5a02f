import { ThawError } from '@thawjs/errors';
import { transfer } from 'comlink';
import type { Outcome, SentError } from '../messages';

/** Calls a function, and returns its result or its error as data that can be sent. */
export async function outcomeOf<Value>(call: () => Value | Promise<Value>): Promise<Outcome<Value>> {
  try {
    return { value: await call() };
  } catch (error) {
    return { error: sentError(error) };
  }
}

/**
 * Like `outcomeOf`, for results with large arrays. Their memory is transferred to the page, because a copy would block
 * the page. The worker no longer has them.
 */
export async function handedOver<Value>(
  call: () => Value | Promise<Value>,
  arraysOf: (value: Value) => readonly Uint8Array[],
): Promise<Outcome<Value>> {
  const outcome = await outcomeOf(call);
  const arrays = 'error' in outcome ? [] : arraysOf(outcome.value);
  return transfer(outcome, [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))]);
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

/** A copy of a value as the browser would make it; the value's text if it can't be copied. */
function copied(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return value instanceof Error ? new Error(value.message) : String(value);
  }
}

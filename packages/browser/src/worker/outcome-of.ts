import { ThawError } from '@thawjs/errors';
import { transfer } from 'comlink';
import type { Outcome, SentError } from '../messages';

/** Calls a function, and gives what it returned or threw as data that can be sent. */
export async function outcomeOf<Value>(call: () => Value | Promise<Value>): Promise<Outcome<Value>> {
  try {
    return { value: await call() };
  } catch (error) {
    return { error: sentError(error) };
  }
}

/**
 * As `outcomeOf`, for results with large arrays: their memory is handed over to the page, which would stand still while it is
 * copied. The worker hasn't it any more.
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

/** A value as the browser would copy it; its text if it can't be copied. */
function copied(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return value instanceof Error ? new Error(value.message) : String(value);
  }
}
